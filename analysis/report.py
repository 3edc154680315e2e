"""One self-contained page with tables, figures and provenance, and the same numbers as JSON and CSV beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis import paper
from analysis.features import DESCRIPTORS, LABELS, TARGETS
from analysis.figures.base import Figure, MissingFigure, embedded, save_figure
from analysis.frames import read_view
from analysis.gallery import draw_all
from analysis.models import GridSize
from analysis.results import (
    Provenance,
    TargetResults,
    describe_provenance,
    evaluate_target,
    importance_rows,
    prediction_rows,
    score_rows,
)

Progress = Callable[[str, int, int], None]
BUNDLE = "window.vegaEmbed = vegaEmbed;"


@dataclass(frozen=True)
class Report:
    """Where a report lies, its scores, and whether it was there already for the same data, code and settings."""

    page: Path
    scores: list[dict[str, Any]]
    shortages: list[str]
    reused: bool


def write_report(
    engine: sa.Engine, folder: Path, *, seed: int = 0, grid: GridSize = "small", progress: Progress | None = None
) -> Report:
    """Write the report of a database; one that is there for the same data, code and settings is left as it is."""
    provenance = describe_provenance(engine, seed=seed, grid=grid)
    page = folder / "index.html"
    earlier = _read_earlier(folder, provenance)
    if earlier is not None:
        return Report(page, earlier["scores"], earlier["shortages"], reused=True)
    say = progress or (lambda _what, _done, _total: None)
    targets = []
    for number, name in enumerate(TARGETS):
        say("models", number, len(TARGETS))
        targets.append(evaluate_target(engine, name, seed=seed, grid=grid))
    say("figures", 0, 1)
    figures = draw_all(engine, targets)
    folder.mkdir(parents=True, exist_ok=True)
    for number, figure in enumerate(figures):
        say("figures", number, len(figures))
        if isinstance(figure, Figure):
            save_figure(figure, folder / "figures")
    return _write(engine, folder, provenance, targets, figures)


def _read_earlier(folder: Path, provenance: Provenance) -> dict[str, Any] | None:
    results = folder / "results.json"
    if not results.is_file() or not (folder / "index.html").is_file():
        return None
    try:
        found: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return found if found.get("provenance") == asdict(provenance) else None


def _write(
    engine: sa.Engine,
    folder: Path,
    provenance: Provenance,
    targets: list[TargetResults],
    figures: list[Figure | MissingFigure],
) -> Report:
    scores = score_rows(targets)
    shortages = [target.shortage for target in targets if target.shortage]
    summary = summarise(engine)
    tables = {
        "scores": pd.DataFrame(scores),
        "predictions": prediction_rows(targets),
        "importances": importance_rows(targets),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    page = folder / "index.html"
    page.write_text(_render(provenance, targets, figures, scores, summary), encoding="utf-8")
    results = {
        "provenance": asdict(provenance),
        "summary": summary,
        "scores": scores,
        "shortages": shortages,
        "complete_case": [target.complete_case for target in targets if target.complete_case],
        "table_1_of_the_paper": paper.TABLE_1,
        "figures": [{"name": each.name, "missing": getattr(each, "sentence", None)} for each in figures],
    }
    # written last: its presence says that the rest is there
    (folder / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return Report(page, scores, shortages, reused=False)


def summarise(engine: sa.Engine) -> dict[str, Any]:
    """Counts of the database: publications, samples, measurements, coverage of the descriptors."""
    names, points = read_view(engine, "sample_names"), read_view(engine, "measurement_points")
    near = read_view(engine, "room_temperature_conductivity")
    descriptors = read_view(engine, "descriptors")
    return {
        "publications": int(names["publication_id"].nunique()),
        "samples": len(names),
        "measurements": len(points),
        "samples_near_room_temperature": len(near),
        "by_structure_class": {str(key): int(n) for key, n in names["structure_class"].value_counts().items()},
        "by_contribution": {str(key): int(n) for key, n in points["contribution"].value_counts().items()},
        "limits": int(points["relation"].isin(["<", ">"]).sum()),
        "coverage": {each.name: int(descriptors[each.name].notna().sum()) for each in DESCRIPTORS},
    }


def _render(
    provenance: Provenance,
    targets: list[TargetResults],
    figures: list[Figure | MissingFigure],
    scores: list[dict[str, Any]],
    summary: dict[str, Any],
) -> str:
    import jinja2
    import vl_convert as vlc

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    template = environment.from_string(files("analysis").joinpath("templates/report.html").read_text(encoding="utf-8"))
    return template.render(
        provenance=provenance,
        targets=targets,
        figures={figure.name: figure for figure in figures},
        specifications={f.name: embedded(f) for f in figures if isinstance(f, Figure) and f.chart is not None},
        missing=[figure for figure in figures if isinstance(figure, MissingFigure)],
        table_1=compare_with_paper(scores),
        table_2=compare_importance(targets),
        scores=scores,
        summary=summary,
        labels=LABELS,
        paper=paper,
        bundle=vlc.javascript_bundle(BUNDLE).replace("</script", "<\\/script"),
    )


def compare_with_paper(scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Table 1: one row per model, the paper's R² and MSE beside ours under random folds."""
    rows = []
    for model, figures in paper.TABLE_1.items():
        ours = {s["target"]: s for s in scores if s["model"] == model and s["protocol"] == "random"}
        label = next((s["label"] for s in scores if s["model"] == model), model)
        rows.append({"label": label, "paper": figures, "ours": ours})
    return rows


def compare_importance(targets: list[TargetResults]) -> dict[str, list[dict[str, Any]]]:
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
