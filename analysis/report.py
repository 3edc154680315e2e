"""One self-contained page with tables, figures and provenance, and the same numbers as JSON and CSV beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from analysis.features import TARGETS
from analysis.figures.base import Figure, save_figure
from analysis.models import GridSize
from analysis.page import render_page
from analysis.results import Provenance, describe_provenance, evaluate_target
from analysis.sections import SECTIONS
from analysis.sections.base import Section, Study, read_study

Progress = Callable[[int, int], None]


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
    *,
    seed: int = 0,
    grid: GridSize = "small",
    interpolate: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Write the report of a database; one that is there for the same data, code and settings is left as it is."""
    provenance = describe_provenance(engine, seed=seed, grid=grid, interpolate=interpolate)
    found = _read_earlier(folder, provenance)
    reused = found is not None
    if found is None:
        study = _evaluate(engine, provenance, grid, progress or (lambda _done, _total: None))
        found = write_study(study, folder, progress)
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


def _evaluate(engine: sa.Engine, provenance: Provenance, grid: GridSize, say: Progress) -> Study:
    seed, interpolate = provenance.seed, provenance.interpolate
    targets = []
    for number, name in enumerate(TARGETS):
        say(number, len(TARGETS))
        targets.append(evaluate_target(engine, name, seed=seed, grid=grid, interpolate=interpolate))
    return read_study(engine, targets, provenance)


def write_study(study: Study, folder: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Write page, figures, tables and results.json of an evaluated database; returns what results.json holds."""
    say = progress or (lambda _done, _total: None)
    sections = [describe(study) for describe in SECTIONS]
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [figure for section in sections for figure in section.figures if isinstance(figure, Figure)]
    for number, figure in enumerate(drawn):
        say(number, len(drawn))
        save_figure(figure, folder / "figures")
    for section in sections:
        for name, table in section.tables.items():
            table.to_csv(folder / f"{name}.csv", index=False)
    (folder / "index.html").write_text(render_page(study.provenance, sections), encoding="utf-8")
    results = _collect_results(study.provenance, sections)
    # written last: its presence says that the rest is there
    (folder / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return results


def _collect_results(provenance: Provenance, sections: list[Section]) -> dict[str, Any]:
    facts = {name: value for section in sections for name, value in section.facts.items()}
    figures = [
        {"name": each.name, "section": section.name, "missing": getattr(each, "sentence", None)}
        for section in sections
        for each in section.figures
    ]
    return {"provenance": asdict(provenance), **facts, "figures": figures}
