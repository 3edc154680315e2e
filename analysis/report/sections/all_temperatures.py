"""What measurements at all temperatures teach, at 25 °C and elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.data.all_temperatures import read_all_temperatures
from analysis.data.matrices import read_matrix
from analysis.data.targets import TARGETS
from analysis.report.sections.base import Section, Study
from analysis.report.sections.learning import MOST_SEEDS
from analysis.studies.temperatures import AT_25, predict_temperatures, score_temperatures
from sse_db.errors import NothingToLearnFrom

TABLE = "all_temperatures"


def describe_all_temperatures(study: Study) -> Section:
    """The study of every evaluated conductivity: its table and the error of every sample, or what it lacks."""
    found, missing = {}, []
    for target, errors in _ask(study):
        if isinstance(errors, str):
            missing.append({"target": target, "sentence": errors})
        else:
            found[target] = errors
    scores = _join({target: score_temperatures(errors) for target, errors in found.items()})
    tables = {TABLE: scores, f"{TABLE}_errors": _join(found)} if found else {}
    rows = scores.to_dict("records")
    return Section(
        "all_temperatures",
        "Measurements at all temperatures",
        values={
            "near": [row for row in rows if row["where"] == AT_25],
            "elsewhere": [row for row in rows if row["where"] != AT_25],
            "labels": {each.name: each.label for each in study.targets},
            "missing": missing,
        },
        tables=tables,
        facts={TABLE: rows, f"{TABLE}_missing": missing},
    )


def _ask(study: Study) -> Iterator[tuple[str, pd.DataFrame | str]]:
    """Target, and the error of every sample, or one sentence on what is missing."""
    how = study.provenance
    seeds = range(how.seed, how.seed + min(how.seeds, MOST_SEEDS))
    rows = read_all_temperatures(study.engine)
    for target in study.targets:
        if target.results and TARGETS[target.name].as_measured:
            matrix = read_matrix(study.engine, target.name, interpolate=how.interpolate)
            try:
                yield target.name, predict_temperatures(rows, matrix, seeds)
            except NothingToLearnFrom as error:
                yield target.name, str(error)


def _join(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    named = [frame.assign(target=target) for target, frame in frames.items()]
    return pd.concat(named, ignore_index=True) if named else pd.DataFrame()
