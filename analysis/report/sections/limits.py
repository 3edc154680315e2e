"""What becomes of values that are limits: in training as limits, beside the usual ways of making numbers of them."""

from __future__ import annotations

import pandas as pd

from analysis.data.targets import TARGETS
from analysis.report.sections.base import Section, Study
from analysis.studies.censoring import predict_treatments, read_rows, score_treatments


def describe_limits(study: Study) -> Section:
    """One table per evaluated target that has limits; where none has, a sentence."""
    tables, predictions = [], []
    for target in study.targets:
        rows = read_rows(study.engine, TARGETS[target.name])
        if rows.limits and not target.shortage:
            predictions.append(predict_treatments(rows, seed=study.provenance.seed).assign(target=target.name))
            tables.append(score_treatments(predictions[-1]).assign(target=target.name))
    table = pd.concat(tables) if tables else pd.DataFrame()
    return Section(
        "limits",
        "Values that are limits",
        values={"rows": table.to_dict("records")},
        tables={"limits": table, "limits_predictions": pd.concat(predictions)} if tables else {},
        facts={"limit_treatments": table.to_dict("records")},
    )
