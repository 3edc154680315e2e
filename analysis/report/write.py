"""One self-contained page with tables, figures and provenance, and the same numbers as JSON and CSV beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from analysis.data.targets import TARGETS
from analysis.evaluation.results import Provenance, describe_provenance, evaluate_targets
from analysis.evaluation.runs import DEFAULT_REPORT, EvaluationPlan, Tell
from analysis.evaluation.unit_cache import UnitCache
from analysis.figures.base import Figure, MissingFigure, save_figure
from analysis.report.page import render_page
from analysis.report.sections import SECTIONS
from analysis.report.sections.base import Section, Study, read_study

UNITS = "units"
"""Folder in the report's where finished units of work are kept."""


@dataclass(frozen=True)
class Report:
    """Where a report lies, its scores, and whether it was there already for the same data, code and settings."""

    page: Path
    scores: list[dict[str, Any]]
    shortages: list[str]
    reused: bool


def write_report(
    engine: sa.Engine,
    folder: Path,
    plan: EvaluationPlan | None = None,
    *,
    jobs: int | None = None,
    tell: Tell | None = None,
) -> Report:
    """Write the report of a database; one that is there for the same data, code and settings is left as it is.

    Finished units of work are kept in the folder, so that a run that was stopped at any moment goes on from there.
    """
    plan = plan or DEFAULT_REPORT
    provenance = describe_provenance(engine, plan)
    found = _read_earlier(folder, provenance)
    reused = found is not None
    if found is None:
        unit_cache = UnitCache(folder / UNITS)
        targets = evaluate_targets(engine, list(TARGETS), plan, unit_cache=unit_cache, jobs=jobs, tell=tell)
        found = write_study(read_study(engine, targets, provenance), folder, tell)
    return Report(folder / "index.html", found["scores"], found["shortages"], reused)


def _read_earlier(folder: Path, provenance: Provenance) -> dict[str, Any] | None:
    results = folder / "results.json"
    if not results.is_file() or not (folder / "index.html").is_file():
        return None
    try:
        found: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return found if found.get("provenance") == asdict(provenance) else None


def write_study(study: Study, folder: Path, tell: Tell | None = None) -> dict[str, Any]:
    """Write page, figures, tables and results.json of an evaluated database; returns what results.json holds."""
    sections = [describe(study) for describe in SECTIONS]
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [figure for section in sections for figure in section.figures if isinstance(figure, Figure)]
    for number, figure in enumerate(drawn):
        if tell:
            tell(number, len(drawn), None)
        save_figure(figure, folder / "figures")
    for section in sections:
        for name, table in section.tables.items():
            table.to_csv(folder / f"{name}.csv", index=False)
    (folder / "index.html").write_text(render_page(study.provenance, sections), encoding="utf-8")
    results = _collect_results(study.provenance, sections)
    # written last: its presence says that the rest is there
    (folder / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return results


def _describe_figure(figure: Figure | MissingFigure) -> dict[str, Any]:
    """What is missing, or the table that the figure shows and the numbers of its caption."""
    if isinstance(figure, MissingFigure):
        return {"missing": figure.sentence}
    return {"missing": None, "table": figure.source or None, "numbers": dict(figure.numbers)}


def _collect_results(provenance: Provenance, sections: list[Section]) -> dict[str, Any]:
    facts = {name: value for section in sections for name, value in section.facts.items()}
    figures = [
        {"name": each.name, "section": section.name, **_describe_figure(each)}
        for section in sections
        for each in section.figures
    ]
    return {"provenance": asdict(provenance), **facts, "figures": figures}
