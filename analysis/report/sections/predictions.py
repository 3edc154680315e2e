"""Observed against predicted (the paper's Figure 6)."""

from __future__ import annotations

from analysis.evaluation.results import TargetResults
from analysis.evaluation.validation import NestedResult
from analysis.figures.base import Figure, MissingFigure
from analysis.figures.parity import draw_parity
from analysis.folds.protocols import BY_PUBLICATION, RANDOM
from analysis.report.sections.base import NOT_EVALUATED, Section, Study

PANELS = {
    "bulk": "figure_6a",
    "grain-boundary": "figure_6b",
    "bulk-per-grain": "figure_6c",
    "grain-boundary-per-grain": "figure_6d",
}
SHOWN = "xgboost"
"""The paper's choice: showing the best of four would choose by the test folds."""


def describe_predictions(study: Study) -> Section:
    """The section with a panel per target, random folds and folds by publication."""
    figures = [figure for target in study.targets for figure in _draw_target(study, target)]
    return Section("predictions", "Observed against predicted", figures=figures)


def _draw_target(study: Study, target: TargetResults) -> list[Figure | MissingFigure]:
    name = PANELS.get(target.name, f"parity_{target.name.replace('-', '_')}")
    if target.shortage:
        return [MissingFigure(name, f"Observed against predicted {target.label}", NOT_EVALUATED)]
    places = ((RANDOM, name), (BY_PUBLICATION, f"{name}_by_publication"))
    return [_draw(study, _find(target, protocol), place, target.label) for protocol, place in places]


def _find(target: TargetResults, protocol: str) -> NestedResult:
    return next(r for r in target.results if r.model == SHOWN and r.protocol == protocol)


def _draw(study: Study, result: NestedResult, name: str, label: str) -> Figure:
    named = study.samples[["sample_id", "label", "formula", "doi"]]
    how = {name: getattr(result, name) for name in ("target", "protocol", "model", "seed")}
    predictions = result.predictions.merge(named, on="sample_id").assign(**how)
    return draw_parity(predictions, name, target=label, model=result.label, protocol=result.protocol, seed=result.seed)
