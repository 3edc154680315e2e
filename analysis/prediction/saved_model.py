"""A trained model as one file without pickle: a zip of the model, its card, its rows, and checksums of these three.

XGBoost is written in its own JSON, a scikit-learn pipeline by skops, which builds only types that are listed here.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.base import BaseEstimator

from analysis.prediction.training import TrainedModel, installed_versions
from sse_db.errors import UnusableModel, WrongUsage
from sse_db.formats import replace_file

FORMAT = 3
CARD, ROWS, SUMS = "card.json", "rows.csv", "SHA256SUMS"
BOOSTED, PIPELINE = "xgboost.json", "pipeline.skops"
TRUSTED = [
    "numpy.clip",
    "numpy.dtype",
    "sklearn.gaussian_process.kernels.Matern",
    "sklearn.tree._tree.Tree",
    "sklearn.utils._bunch.Bunch",
    "xgboost.core.Booster",
    "xgboost.sklearn.XGBRegressor",
]
"""What our pipelines hold beyond the types that skops trusts by itself."""
NAMES = ("label", "formula", "doi", "reference")
LARGEST_MEMBER = 200_000_000


def save_model(model: TrainedModel, path: Path, *, force: bool = False) -> None:
    """Write a model to a file; raises WrongUsage where one is there already, unless it may be replaced."""
    if path.exists() and not force:
        raise WrongUsage(f"{path} is there already", "choose another name, or --force to replace it")
    name, data = _dump_estimator(model.estimator)
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


def load_model(path: Path) -> TrainedModel:
    """Read a model; raises UnusableModel for a file that is none, was changed, or was made by other versions."""
    members = _read_members(path)
    _require_untouched(path, members)
    card = json.loads(members[CARD])
    _require_versions(path, card)
    estimator = _load_estimator(path, members)
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


def _dump_estimator(estimator: BaseEstimator) -> tuple[str, bytes]:
    from xgboost import XGBRegressor

    if isinstance(estimator, XGBRegressor):
        return BOOSTED, bytes(estimator.get_booster().save_raw("json"))
    import skops.io

    return PIPELINE, skops.io.dumps(estimator)


def _load_estimator(path: Path, members: dict[str, bytes]) -> BaseEstimator:
    if BOOSTED in members:
        from xgboost import XGBRegressor

        estimator = XGBRegressor()
        estimator.load_model(bytearray(members[BOOSTED]))
        return estimator
    import skops.io

    unknown = set(skops.io.get_untrusted_types(data=members[PIPELINE])) - set(TRUSTED)
    if unknown:
        raise UnusableModel(f"{path.name} holds types that no model of sse-db has: {', '.join(sorted(unknown))}")
    return skops.io.loads(members[PIPELINE], trusted=TRUSTED)
