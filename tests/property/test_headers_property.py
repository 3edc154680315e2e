"""Drop, double or swap any part of a valid header, quantity or mapping: the right value, a refusal or a doubt."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.cells.headers import map_headers
from etl.cells.quantities import read_quantity
from etl.foreign.guess import draft_mapping
from etl.foreign.mapping import SheetMapping
from etl.options import ReadOptions
from etl.pipeline import examine_file
from etl.problems import Findings
from etl.sheets.literature import LITERATURE
from etl.tables.extract import StagedSheet
from sse_db.errors import UnreadableQuantity

SIGMA = "conductivity_s_per_cm"
PREFIXES = {"": 1.0, "k": 1e3, "c": 1e-2, "m": 1e-3, "µ": 1e-6}
KINDS = {"total": "total", "bulk": "bulk", "grainboundary": "grain_boundary", "": "total"}
OPERATIONS = ("drop", "double", "swap")


def change(parts: list[str], operation: str, place: int) -> list[str]:
    """The parts with one of them dropped, doubled, or swapped with the next."""
    at = place % len(parts)
    if operation == "drop":
        return parts[:at] + parts[at + 1 :]
    if operation == "double":
        return parts[: at + 1] + parts[at:]
    other = (at + 1) % len(parts)
    swapped = list(parts)
    swapped[at], swapped[other] = parts[other], parts[at]
    return swapped


def squeeze(text: str) -> str:
    """A text without the signs that change no meaning: blanks, times signs and carets."""
    return re.sub(r"[\s×^]", "", text)


def worth(unit: str) -> float | None:
    """What a squeezed unit is worth in S/cm, by one plain pattern; None where it does not hold."""
    match = re.fullmatch(r"([kmµ]?)S(?:/([cm]?)m|([cm]?)m-1)", unit)
    return PREFIXES[match[1]] / PREFIXES[match[2] or match[3] or ""] / 100 if match else None


def what_it_says(header: str) -> tuple[str, float] | None:
    """Kind and worth in S/cm of the numbers below a header, by one plain pattern; None where it does not hold."""
    match = re.fullmatch(
        r"(?:σ|sigma|conductivity)(total|bulk|grainboundary|)\(+(?:10(-\d)|1e(-\d))?([^()]+?)(?:10(-\d))?\)+",
        squeeze(header),
    )
    unit = worth(match[4]) if match else None
    if match is None or unit is None or (match[5] and (match[2] or match[3])):
        return None
    return KINDS[match[1]], unit * 10.0 ** int(match[2] or match[3] or match[5] or 0)


HEADERS = [
    ["σ", " total", " (", "10-4", " ", "S/cm", ")"],
    ["sigma", " bulk", " (", "×", "10^-4", " ", "mS", " ", "cm-1", ")"],
    ["conductivity", " grain boundary", " (", "1e-4", " ", "m", "S", "/", "cm", ")"],
    ["σ", " total", " (", "S/", "c", "m", " × ", "10^-4", ")"],
    ["σ", " bulk", " (", "k", "S", "/", "m", ")"],
]


@settings(max_examples=80)
@given(
    st.sampled_from(HEADERS),
    st.sampled_from(OPERATIONS),
    st.integers(0, 9),
    st.sampled_from(OPERATIONS),
    st.integers(0, 9),
)
def test_a_changed_header_says_what_stands_in_it_or_is_refused(
    parts: list[str], first: str, at: int, second: str, then: int
) -> None:
    for changed in (change(parts, first, at), change(change(parts, first, at), second, then)):
        header = "".join(changed).strip()
        findings = Findings("sheet.csv")
        mapped = map_headers(StagedSheet(None, [["Sample", header]]), LITERATURE, findings, 0)
        found = next((each for each in mapped if each.column.column == SIGMA), None)
        if found is None:
            assert findings.errors or not header
            continue
        said = what_it_says(header)
        value = read_quantity("3", SIGMA, scale=found.scale).value
        if said is None:
            assert "(" not in header, header  # without brackets there is no unit in it
            assert value == 3
        else:
            assert (found.column.part, value) == (said[0], pytest.approx(3 * said[1], rel=1e-9)), header


QUANTITIES = [
    ["<", "3.2", "×", "10", "^-4", " ", "mS/cm"],
    ["3.2", "(1)", "e-4", " ", "S", "/", "m"],
    ["~", "0", ".", "32", " ", "m", "S/cm"],
    ["3", "2", "e", "-", "4", " S/cm"],
]
PLAIN = re.compile(r"([<>~]?)(\d+(?:\.\d+)?|\.\d+)?(?:\((\d+)\))?(?:(10|e)(-?\d+))?([a-zA-Zµ/]+(?:cm-1)?)?")


@settings(max_examples=80)
@given(
    st.sampled_from(QUANTITIES),
    st.sampled_from(OPERATIONS),
    st.integers(0, 6),
    st.sampled_from(OPERATIONS),
    st.integers(0, 6),
)
def test_a_changed_quantity_is_what_stands_in_it_or_is_refused(
    parts: list[str], first: str, at: int, second: str, then: int
) -> None:
    for changed in (change(parts, first, at), change(change(parts, first, at), second, then)):
        text = "".join(changed)
        try:
            found = read_quantity(text, SIGMA)
        except UnreadableQuantity:
            continue
        match = PLAIN.fullmatch(squeeze(text))
        if match is None:
            assert found.lower is not None or re.match(r"-|[<>~]?\s?10\s?-", text), (
                text
            )  # a range, a sign, a lone power
            continue
        unit = worth(match[6] or "S/cm")
        assert unit is not None, text
        number = float(match[2] or 1) * 10.0 ** int(match[5] or 0) * unit
        assert found.value == pytest.approx(number, rel=1e-9), text
        assert found.relation == (match[1] or "=")


HEADER = (
    "Sample,Formula,DOI,T (K),σ bulk (mS/cm),σ gb (10⁻⁴ S cm⁻¹),log10 σ total (S/cm),Grain size (nm),"
    "Sintering temperature (K),Sintering time (min),Remark"
)
ROWS = (
    "P1,Li7La3Zr2O12,10.5555/invented.1,298.15,0.31,4.1,-3.752,510,1423.15,720,first\n"
    "P2,Li7La3Zr2O12,10.5555/invented.1,323.15,0.52,6.3,-3.519,620,1473.15,600,second\n"
)
WIDE = "Sample,Formula,DOI,σ bulk (mS/cm) at 25 °C,σ bulk (mS/cm) at -25 °C\nP1,Li3N,10.5555/invented.1,0.3,0.1\n"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("sheets")
    (folder / "long.csv").write_text(f"{HEADER}\n{ROWS}", encoding="utf-8")
    (folder / "units.csv").write_text(
        "Sample,Formula,DOI,T,σ bulk,σ gb\n,,,K,mS/cm,10^-4 S/cm\n"
        + ROWS.replace(",-3.752,510,1423.15,720,first", "").replace(",-3.519,620,1473.15,600,second", ""),
        encoding="utf-8",
    )
    (folder / "wide.csv").write_text(WIDE, encoding="utf-8")
    return [folder / name for name in ("long.csv", "units.csv", "wide.csv")]


def stored(path: Path, mapping: SheetMapping) -> tuple[list[Any], bool]:
    """All values that a mapping makes of a sheet, and whether anything was told."""
    intake, findings = examine_file(path, "sheet", ReadOptions(mapping=mapping))
    kept = ("as_written", "title", "title_key", "contribution_basis")
    drafts = [
        (table, sorted((name, str(value)) for name, value in draft.values.items() if name not in kept))
        for table, its in sorted(intake.drafts.items())
        for draft in its
    ]
    return drafts, bool(findings.problems)


def change_mapping(table: dict[str, Any], operation: str, first: int, second: int) -> None:
    """Drop a key of a column or of the sheet, or swap such a key between two columns."""
    columns = list(table["columns"].values())
    one, other = (columns[place % len(columns)][0] for place in (first, second))
    keys = [name for name in ("unit", "form", "at", "to") if one.get(name) is not None]
    key = keys[second % len(keys)]
    if operation == "drop column":
        del table["columns"][list(table["columns"])[first % len(columns)]]
    elif operation == "drop key":
        one.pop(key)
    elif operation == "drop of sheet":
        names = [name for name in ("header_row", "first_row", "label") if table["sheet"].get(name) is not None]
        table["sheet"].pop(names[first % len(names)])
    elif operation == "swap key":
        one[key], other[key] = other.get(key), one.get(key)
    elif operation == "swap columns":
        names = list(table["columns"])
        left, right = names[first % len(names)], names[second % len(names)]
        table["columns"][left], table["columns"][right] = table["columns"][right], table["columns"][left]
    else:
        table["columns"][f"@{chr(ord('A') + first % len(columns))}"] = [copy.deepcopy(one)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 2),
    st.sampled_from(["drop column", "drop key", "drop of sheet", "swap key", "swap columns", "double column"]),
    st.integers(0, 11),
    st.integers(0, 11),
)
def test_a_changed_mapping_gives_the_same_values_or_says_something(
    sheets: list[Path], which: int, operation: str, first: int, second: int
) -> None:
    path = sheets[which]
    mapping = draft_mapping(path)[1]
    right, told = stored(path, mapping)
    assert not told
    table = mapping.model_dump(exclude_none=True, exclude_defaults=True)
    table["columns"] = {name: [dict(each) for each in its] for name, its in table["columns"].items()}
    change_mapping(table, operation, first, second)
    try:
        changed = SheetMapping.model_validate(
            {
                **table,
                "columns": {
                    name: [{k: v for k, v in each.items() if v is not None} for each in its]
                    for name, its in table["columns"].items()
                },
            }
        )
    except ValueError:
        return
    found, told = stored(path, changed)
    assert told or found == right, (operation, table)
