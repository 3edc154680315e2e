"""Every protocol beside the others: how far scores depend on what a fold may see, with baselines and noise floor."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.evaluation.results import TargetResults, noise_floor_rows, score_rows
from analysis.figures.base import Figure
from analysis.figures.protocol_dots import draw_protocols
from analysis.models.candidates import BASELINES
from analysis.report.sections.base import Section, Study

FEW_GROUPS = 6
"""Below so many groups a bootstrap over them says little, and the page says so."""


def describe_protocols(study: Study) -> Section:
    """The section with one table per target: models against protocols."""
    evaluated = [target for target in study.targets if target.results]
    floors = noise_floor_rows(evaluated)
    return Section(
        "protocols",
        "What the folds may see",
        values={
            "tables": [_tabulate(target) for target in evaluated],
            "floors": {floor["target"]: floor for floor in floors},
            "obstacles": [sentence for target in evaluated for sentence in target.obstacles],
            "few": FEW_GROUPS,
        },
        figures=[_draw(target) for target in evaluated],
        tables={"noise_floor": pd.DataFrame(floors)} if floors else {},
        facts={"noise_floor": floors},
    )


def _tabulate(target: TargetResults) -> dict[str, Any]:
    """Protocols with their number of groups as columns, models as rows, a score row in each cell."""
    scores = score_rows([target])
    protocols = {row["protocol"]: row["groups"] for row in scores}
    rows: dict[str, dict[str, Any]] = {}
    for row in scores:
        empty = {"label": row["label"], "baseline": row["model"] in BASELINES, "cells": {}}
        rows.setdefault(row["model"], empty)["cells"][row["protocol"]] = row
    return {"name": target.name, "label": target.label, "protocols": protocols, "rows": list(rows.values())}


def _draw(target: TargetResults) -> Figure:
    floor = target.noise_floor.mae if target.noise_floor else None
    name = f"protocols_{target.name.replace('-', '_')}"
    return draw_protocols(pd.DataFrame(score_rows([target])), name, target=target.label, noise_floor=floor)
