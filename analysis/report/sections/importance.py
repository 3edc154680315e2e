"""Importance of the descriptors (the paper's Figure 7 and Table 2)."""

from __future__ import annotations

from typing import Any

from analysis.data.targets import LABELS
from analysis.evaluation.importance import KINDS, TOP
from analysis.evaluation.results import TargetResults, fold_importance_rows, importance_rows
from analysis.figures.base import Figure, MissingFigure
from analysis.figures.importance_bars import draw_importance
from analysis.folds.protocols import RANDOM
from analysis.report import paper
from analysis.report.sections.base import NOT_EVALUATED, Section, Study

PANELS = {"bulk": ("figure_7a", "figure_7c"), "grain-boundary": ("figure_7b", "figure_7d")}


def describe_importance(study: Study) -> Section:
    """The section with Table 2 and the importances of every evaluated target."""
    importances = importance_rows(study.targets)
    evaluated = [target for target in study.targets if not target.importances.empty]
    return Section(
        "importance",
        "What the models rely on",
        values={
            "table_2": {each.name: compare_with_paper(each) for each in evaluated if each.name in paper.TABLE_2},
            "ranks": {target.label: tabulate_ranks(target) for target in evaluated},
            "kinds": KINDS,
            "top": TOP,
        },
        figures=[figure for target in study.targets for figure in _draw_target(target, study.provenance.seed)],
        tables={"importances": importances, "importances_by_fold": fold_importance_rows(study.targets)},
        facts={"importances": importances.to_dict("records")},
    )


def _draw_target(target: TargetResults, seed: int) -> list[Figure | MissingFigure]:
    name = f"importance_{target.name.replace('-', '_')}"
    weight, gain = PANELS.get(target.name, (f"{name}_weight", f"{name}_gain"))
    if target.shortage:
        if target.name not in PANELS:
            return []
        kinds = {"weight": weight, "gain": gain}
        return [
            MissingFigure(place, f"Importance by {kind}, {target.label}", NOT_EVALUATED)
            for kind, place in kinds.items()
        ]
    drawn: list[Figure | MissingFigure] = []
    places = {"weight": weight, "gain": gain, "permutation": f"{name}_permutation", "shap": f"{name}_shap"}
    for kind, place in places.items():
        table = target.importances[target.importances["kind"] == kind].assign(target=target.name)
        drawn.append(
            draw_importance(table, place, target=target.label, kind=kind, n=target.n, protocol=RANDOM, seed=seed)
        )
    return drawn


def compare_with_paper(target: TargetResults) -> dict[str, Any]:
    """Table 2: our first seven descriptors by gain with their place in the paper's seven, and those of the paper's
    seven that are missing here, with our place."""
    theirs = paper.TABLE_2[target.name]
    gain = target.importances[target.importances["kind"] == "gain"].sort_values("mean", ascending=False, kind="stable")
    rows = [
        {
            **row,
            "known": target.known[row["descriptor"]],
            "rank": rank,
            "paper": theirs.index(row["descriptor"]) + 1 if row["descriptor"] in theirs else None,
        }
        for rank, row in enumerate(gain.to_dict("records"), start=1)
    ]
    return {
        "ours": [row for row in rows[:TOP] if row["known"]],
        "theirs": [LABELS[name] for name in theirs],
        "missing": [row for row in rows[TOP:] if row["paper"] is not None],
        "eighth": next((row for row in rows if row["descriptor"] == paper.TABLE_2_EIGHTH), None),
    }


def tabulate_ranks(target: TargetResults) -> list[dict[str, Any]]:
    """One row per descriptor with the rank by each kind of importance, the most stable first; those without any value
    last, without ranks."""
    known = {LABELS[name]: number for name, number in target.known.items()}
    table = target.importances.pivot(index="label", columns="kind", values=["mean_rank", "rank_spread"])
    overall = target.importances.groupby("label")["mean_rank"].mean().sort_values(kind="stable")
    rows = [
        {
            "label": label,
            "known": known[str(label)],
            **{kind: (row["mean_rank", kind], row["rank_spread", kind]) for kind in KINDS},
        }
        for label, row in table.loc[overall.index].iterrows()
    ]
    return sorted(rows, key=lambda row: not row["known"])
