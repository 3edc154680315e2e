"""Whether intervals hold what they promise, at every level, on papers never seen."""

from __future__ import annotations

import pandas as pd

from analysis.data.matrices import read_matrix
from analysis.evaluation.results import TargetResults
from analysis.evaluation.validation import NestedResult
from analysis.figures.learning_curves import draw_calibration
from analysis.folds.protocols import BY_PUBLICATION
from analysis.report.sections.base import Section, Study
from analysis.studies.calibration import calibrate, score_calibration
from analysis.studies.learners import SHOWN


def describe_calibration(study: Study) -> Section:
    """One plot and table per evaluated target; the interval and the error of every row as a file."""
    rows, tables, figures = [], [], []
    for target in study.targets:
        result = _find(target)
        if result is None:
            continue
        matrix = read_matrix(study.engine, target.name, interpolate=study.provenance.interpolate)
        rows.append(calibrate(matrix, result).assign(target=target.name))
        tables.append(score_calibration(rows[-1]).assign(target=target.name, model=result.model, seed=result.seed))
        name = f"calibration_{target.name.replace('-', '_')}"
        figures.append(draw_calibration(tables[-1], name, target=target.label, model=result.label))
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    return Section(
        "calibration",
        "Whether intervals hold what they promise",
        values={"rows": table.to_dict("records"), "labels": {each.name: each.label for each in study.targets}},
        figures=figures,
        tables={"calibration": table, "calibration_rows": pd.concat(rows, ignore_index=True)} if tables else {},
        facts={"calibration": table.to_dict("records")},
    )


def _find(target: TargetResults) -> NestedResult | None:
    """What the paper's choice did under folds by publication, with the first seed."""
    return next((each for each in target.results if (each.model, each.protocol) == (SHOWN, BY_PUBLICATION)), None)
