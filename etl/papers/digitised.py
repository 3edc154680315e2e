"""Points read from a figure with WebPlotDigitizer: its CSV, and its project (JSON), as a series of one sample."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.drafts import Intake
from etl.papers.literature import read_literature
from etl.problems import Findings
from etl.tables.extract import StagedSheet
from sse_db.errors import UnreadableSource
from sse_db.vocabulary import ValueBasis

AXIS_NAMES = {"x", "y"}


@dataclass(frozen=True, slots=True)
class Series:
    """What the points of a figure are: whose they are, and the headers of its two axes."""

    described: dict[str, str]
    axes: tuple[str, str]
    dataset: str | None = None


@dataclass(frozen=True, slots=True)
class DataSet:
    """The points of one data set as the texts that they are written in."""

    name: str
    points: list[tuple[str, str]]


def read_digitised(path: Path, series: Series, intake: Intake, findings: Findings) -> None:
    """Add the points of one data set to an intake, each a row of a literature sheet; raises UnreadableSource."""
    data = _choose(read_data_sets(path), series.dataset, path)
    headers = [*series.described, *series.axes, "Value basis", "Source kind"]
    kinds = [str(ValueBasis.DIGITISED), "figure"]
    rows = [headers, *([*series.described.values(), *point, *kinds] for point in data.points)]
    read_literature(StagedSheet(None, rows), intake, findings)


def is_project(path: Path) -> bool:
    """Whether a JSON file is a project of WebPlotDigitizer."""
    if path.suffix.lower() != ".json":
        return False
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and bool(found.keys() & {"datasetColl", "axesColl", "wpd"})


def read_data_sets(path: Path) -> list[DataSet]:
    """All data sets of a project or of an exported CSV; raises UnreadableSource."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{path.name} cannot be read: {error}", "export it again, as CSV or JSON") from error
    found = _from_project(path, text) if path.suffix.lower() == ".json" else _from_csv(path, text)
    if not any(each.points for each in found):
        raise UnreadableSource(f"{path.name}: there is no point in it", "digitise some, and export again")
    return found


def _from_project(path: Path, text: str) -> list[DataSet]:
    try:
        project: Any = json.loads(text)
        sets = project["datasetColl"] if "datasetColl" in project else project["wpd"]["dataSeries"]
        return [
            DataSet(str(each.get("name", "")), [_point(point["value"]) for point in each.get("data", [])])
            for each in sets
        ]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableSource(
            f"{path.name} is no project of WebPlotDigitizer that is known here", "export the data set as CSV"
        ) from error


def _point(value: list[Any]) -> tuple[str, str]:
    x, y = (float(each) for each in value[:2])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError
    return repr(x), repr(y)


def _from_csv(path: Path, text: str) -> list[DataSet]:
    """Columns by pairs; above them may stand the names of data sets, and X and Y."""
    sample = text[:2000]
    delimiter = ";" if sample.count(";") > sample.count("\n") / 2 else "\t" if "\t" in sample else ","
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    rows = [row for row in rows if any(row)]
    names: list[str] = []
    if rows and not _are_numbers(rows[0]) and {cell.casefold() for cell in rows[0] if cell} != AXIS_NAMES:
        names = rows.pop(0)
    if rows and {cell.casefold() for cell in rows[0] if cell} == AXIS_NAMES:
        rows.pop(0)
    width = max((len(row) for row in rows), default=0)
    wrong = next((row for row in rows if not _are_numbers(row)), None)
    if wrong is not None or width % 2:
        shown = ", ".join(wrong) if wrong is not None else f"{width} columns"
        raise UnreadableSource(f"{path.name}: pairs of numbers are expected, not {shown}", "give a table its headers")
    return [
        DataSet(
            names[place] if place < len(names) else "",
            [(row[place], row[place + 1]) for row in rows if len(row) > place + 1 and row[place] and row[place + 1]],
        )
        for place in range(0, width, 2)
    ]


def _are_numbers(row: list[str]) -> bool:
    try:
        return all(math.isfinite(float(cell)) for cell in row if cell)
    except ValueError:
        return False


def _choose(found: list[DataSet], wanted: str | None, path: Path) -> DataSet:
    """The data set that is named, or the only one; raises UnreadableSource."""
    names = ", ".join(each.name or "(no name)" for each in found)
    if wanted is not None:
        chosen = [each for each in found if each.name.strip() == wanted.strip()]
    else:
        chosen = [each for each in found if each.points]
    if len(chosen) != 1:
        what = f"no data set {wanted}" if wanted is not None and not chosen else "several data sets"
        raise UnreadableSource(f"{path.name} holds {what}: {names}", "name one with --dataset")
    return chosen[0]
