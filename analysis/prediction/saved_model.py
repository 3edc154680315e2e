"""A trained model as one file without pickle: a zip of the model, its card, its rows, and checksums of these three.

XGBoost is written in its own JSON, a scikit-learn pipeline by skops, which builds only types that are listed here.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from analysis.models.model_file import find_module
from analysis.prediction.estimator_file import BOOSTED, PIPELINE, dump_estimator, load_estimator, require_storable
from analysis.prediction.training import TrainedModel, installed_versions
from sse_db.errors import UnusableEstimator, UnusableModel, WrongUsage
from sse_db.formats import replace_file

FORMAT = 5
CARD, ROWS, SUMS = "card.json", "rows.csv", "SHA256SUMS"
NAMES = ("label", "formula", "doi", "reference")
LARGEST_MEMBER = 200_000_000


def save_model(model: TrainedModel, path: Path, *, force: bool = False) -> None:
    """Write a model to a file; raises WrongUsage where one is there already, unless it may be replaced."""
    if path.exists() and not force:
        raise WrongUsage(f"{path} is there already", "choose another name, or --force to replace it")
    if model.card["brought"] and model.card["source"] is None:
        require_storable(model.card["model"], model.estimator, model.rows[model.features], None)
    name, data = dump_estimator(model.estimator)
    members = {
        CARD: json.dumps({"format": FORMAT, **model.card}, indent=1, ensure_ascii=False).encode(),
        ROWS: model.rows.to_csv(index=False, float_format="%.17g").encode(),
        name: data,
    }
    sums = "".join(f"{hashlib.sha256(each).hexdigest()}  {member}\n" for member, each in members.items())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, each in {SUMS: sums.encode(), **members}.items():
            archive.writestr(zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0)), each, zipfile.ZIP_DEFLATED)
    replace_file(path, stream.getvalue())


def load_model(path: Path, code: str | None = None) -> TrainedModel:
    """Read a model; raises UnusableModel for a file that is none, was changed, or was made by other versions.

    ``code`` (``FILE.py`` or ``FILE.py:FUNCTION``) is the file of somebody's own that it was made in; raises
    UnusableEstimator where it is not named, or its content is another.
    """
    members = _read_members(path)
    _require_untouched(path, members)
    card = json.loads(members[CARD])
    _require_versions(path, card)
    own = _load_own(path, card["source"], code)
    [member] = members.keys() & {BOOSTED, PIPELINE}
    estimator = load_estimator(path.name, member, members[member], own)
    return TrainedModel(estimator, card, pd.read_csv(io.BytesIO(members[ROWS]), dtype=dict.fromkeys(NAMES, "str")))


def _read_members(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        raise UnusableModel(f"there is no model at {path}", "make one with: sse-db train")
    try:
        with zipfile.ZipFile(path) as archive:
            if any(info.file_size > LARGEST_MEMBER for info in archive.infolist()):
                raise UnusableModel(f"{path.name} is no model: it would unpack to a file too large for one")
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise UnusableModel(f"{path.name} is no model, or is damaged: {error}", "train it again") from error
    if not {CARD, ROWS, SUMS} <= members.keys() or not members.keys() & {BOOSTED, PIPELINE}:
        raise UnusableModel(f"{path.name} is no model of sse-db", "make one with: sse-db train")
    return members


def _load_own(path: Path, source: dict[str, str] | None, code: str | None) -> ModuleType | None:
    """The file that a model was made in, as a module, once its hash is the one that the model holds."""
    if source is None:
        if code is not None:
            raise WrongUsage(f"{path.name} was made in no file of your own: {code} is not needed", "leave it out")
        return None
    made_in = f"{source['file']}:{source['function']}"
    if code is None:
        raise UnusableEstimator(
            f"{path.name} was made by {made_in}, whose code is needed to load it",
            f"name the file again: --model {made_in}, in Python code={made_in!r}",
        )
    return find_module(code, source["sha256"], path.name)


def _require_untouched(path: Path, members: dict[str, bytes]) -> None:
    found = {name: hashlib.sha256(data).hexdigest() for name, data in members.items() if name != SUMS}
    lines = members[SUMS].decode("utf-8", "replace").splitlines()
    stated = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if found != stated:
        changed = sorted(name for name in found.keys() | stated.keys() if found.get(name) != stated.get(name))
        raise UnusableModel(f"{path.name} was changed after it was written: {', '.join(changed)}", "train it again")


def _require_versions(path: Path, card: dict[str, Any]) -> None:
    if card.get("format") != FORMAT:
        raise UnusableModel(f"{path.name} has format {card.get('format')}, this version reads {FORMAT}", "train again")
    here, there = installed_versions(), card["packages"]
    other = [f"{name} {there.get(name)} (here {here[name]})" for name in here if there.get(name) != here[name]]
    if other:
        raise UnusableModel(f"{path.name} was made by {', '.join(other)}", "install these versions, or train it again")
