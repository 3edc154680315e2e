"""Importance of the descriptors (the paper's Figure 7 and Table 2)."""

from __future__ import annotations

from typing import Any

from analysis import paper
from analysis.features import LABELS
from analysis.figures.base import Figure, MissingFigure
from analysis.figures.importance_bars import draw_importance
from analysis.protocols import RANDOM
from analysis.results import TargetResults, importance_rows
from analysis.sections.base import Section, Study

PANELS = {"bulk": ("figure_7a", "figure_7c"), "grain-boundary": ("figure_7b", "figure_7d")}


def describe_importance(study: Study) -> Section:
    """The section with Table 2 and the importances of every evaluated target."""
    return Section(
        "importance",
        "What the models rely on",
        values={"table_2": compare_with_paper(study.targets)},
        figures=[figure for target in study.targets for figure in _draw_target(target)],
        tables={"importances": importance_rows(study.targets)},
    )


def _draw_target(target: TargetResults) -> list[Figure | MissingFigure]:
    name = f"importance_{target.name.replace('-', '_')}"
    weight, gain = PANELS.get(target.name, (f"{name}_weight", f"{name}_gain"))
    if target.shortage:
        if target.name not in PANELS:
            return []
        title, sentence = f"Importance, {target.label}", f"Not evaluated: {target.shortage}."
        return [MissingFigure(place, title, sentence) for place in (weight, gain)]
    drawn: list[Figure | MissingFigure] = []
    for kind, place in (("weight", weight), ("gain", gain), ("permutation", f"{name}_permutation")):
        table = target.importances[target.importances["kind"] == kind]
        drawn.append(draw_importance(table, place, target=target.label, kind=kind, n=target.n, protocol=RANDOM))
    return drawn


def compare_with_paper(targets: list[TargetResults]) -> dict[str, list[dict[str, Any]]]:
    """Table 2: per target our first seven descriptors by gain, and whether the paper's first seven hold them."""
    tables = {}
    for target in targets:
        if target.name not in paper.TABLE_2 or target.importances.empty:
            continue
        gain = target.importances[target.importances["kind"] == "gain"].sort_values(
            "mean", ascending=False, kind="stable"
        )
        theirs = paper.TABLE_2[target.name]
        tables[target.name] = [
            {"rank": rank, "ours": LABELS[name], "paper": LABELS[theirs[rank - 1]], "agrees": name in theirs}
            for rank, name in enumerate(gain["descriptor"].head(len(theirs)), start=1)
        ]
    return tables
