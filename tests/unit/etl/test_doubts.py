"""Each doubt: a sheet with the slip is doubted in the right cell, the same sheet without it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import seed_counts

from etl.doubts import CHECKS
from etl.pipeline import check_file

BULK_TOTAL = "DOI,Sample,Temperature (°C),σ bulk (S/cm),σ total (S/cm)"
TOTAL = "DOI,Sample,Temperature (°C),σ total (S/cm)"
PARTS = "DOI,Sample,Temperature (°C),σ bulk (S/cm),σ grain boundary (S/cm),σ total (S/cm)"
SINTERING = "DOI,Sample,Sintering temperature (°C)"


def codes(path: Path, *lines: str) -> list[tuple[str, str | None]]:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [(doubt.code, doubt.cell) for doubt in check_file(path).doubts]


def series(*values: str) -> list[str]:
    return [TOTAL, *(f"10.1000/one,A,{25 + 25 * step},{value}" for step, value in enumerate(values))]


SLIPS = [
    ("unusual-conductivity", "D2", [TOTAL, "10.1000/one,A,25,2.3"], [TOTAL, "10.1000/one,A,25,0.023"]),
    ("series-sum", "F2", [PARTS, "10.1000/one,A,25,2e-4,2e-4,1.5e-4"], [PARTS, "10.1000/one,A,25,2e-4,2e-4,1.04e-4"]),
    ("part-below-total", "D2", [BULK_TOTAL, "10.1000/one,A,25,1e-4,2e-4"], [BULK_TOTAL, "10.1000/one,A,25,2e-4,1e-4"]),
    (
        "factor-1000", "D5",
        [TOTAL, *(f"10.1000/one,{name},25,{value}" for name, value in zip("ABCD", ("2e-4", "3e-4", "1e-4", "0.25"),
                                                                         strict=True))],
        [TOTAL, *(f"10.1000/one,{name},25,{value}" for name, value in zip("ABCD", ("2e-4", "3e-4", "1e-4", "2.5e-4"),
                                                                         strict=True))],
    ),
    ("same-value-twice", "D3", series("1e-4", "1e-4"), series("1e-4", "2e-4")),
    ("falls-with-temperature", "D3", series("2e-4", "1e-4"), series("1e-4", "2e-4")),
    (
        "off-arrhenius", "D4", series("1.0e-5", "2.5e-5", "5.6e-3", "1.1e-2", "2.1e-2", "3.6e-2"),
        series("1.0e-5", "2.5e-5", "5.6e-5", "1.1e-4", "2.1e-4", "3.6e-4"),
    ),
    ("kelvin", "C2", [SINTERING, "10.1000/one,A,1173"], [SINTERING, "10.1000/one,A,1150"]),
    ("very-hot", "C2", [SINTERING, "10.1000/one,A,1450"], [SINTERING, "10.1000/one,A,1230"]),
    ("heated-cold", "C2", [SINTERING, "10.1000/one,A,1.150"], [SINTERING, "10.1000/one,A,60"]),
    ("measured-in-kelvin", "C2", [TOTAL, "10.1000/one,A,298.15,1e-4"], [TOTAL, "10.1000/one,A,25,1e-4"]),
    ("measured-very-hot", "C2", [TOTAL, "10.1000/one,A,1150,1e-2"], [TOTAL, "10.1000/one,A,600,1e-2"]),
    (
        "density-fraction", "C2", ["DOI,Sample,Relative density (%)", "10.1000/one,A,0.95"],
        ["DOI,Sample,Relative density (%)", "10.1000/one,A,95"],
    ),
    (
        "density-in-grams", "C2", ["DOI,Sample,Relative density (%)", "10.1000/one,A,5.1"],
        ["DOI,Sample,Relative density (%)", "10.1000/one,A,55"],
    ),
    (
        "unknown-space-group", "C2", ["DOI,Sample,Space group", "10.1000/one,A,cubic phase"],
        ["DOI,Sample,Space group", "10.1000/one,A,Ia\u22123d (230)"],
    ),
    (
        "grain-beyond-pellet", "D2", ["DOI,Sample,Pellet thickness (mm),Grain size (µm)", "10.1000/one,A,1,1500"],
        ["DOI,Sample,Pellet thickness (mm),Grain size (µm)", "10.1000/one,A,1,1.5"],
    ),
    (
        "charge", "C2", ["DOI,Sample,Formula", "10.1000/one,A,Li3La3Zr2O12"],
        ["DOI,Sample,Formula", "10.1000/one,A,Li7La3Zr2O12"],
    ),
    (
        "far-from-other-papers", "D3",
        ["DOI,Sample,Formula,σ total (S/cm),T (°C)", "10.1000/one,A,Li7La3Zr2O12,3e-4,25",
         "10.1000/two,A,Li7La3Zr2O12,1e-7,25"],
        ["DOI,Sample,Formula,σ total (S/cm),T (°C)", "10.1000/one,A,Li7La3Zr2O12,3e-4,25",
         "10.1000/two,A,Li7La3Zr2O12,1e-4,25"],
    ),
    ("label-alike", "B3",
     ["DOI,Sample,Temperature (°C),σ total (S/cm)", "10.1000/one,LATP-900,25,1e-4", "10.1000/one,latp 900,50,2e-4"],
     ["DOI,Sample,Temperature (°C),σ total (S/cm)", "10.1000/one,LATP-900,25,1e-4", "10.1000/one,LATP−900,50,2e-4"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "cell", "slip", "right"), SLIPS, ids=[code for code, *_ in SLIPS])
def test_slip_is_doubted_in_its_cell_and_the_right_value_is_not(
    code: str, cell: str, slip: list[str], right: list[str], tmp_path: Path
) -> None:
    assert (code, cell) in codes(tmp_path / "slip.csv", *slip)
    assert code not in [found for found, _ in codes(tmp_path / "right.csv", *right)]


def test_structure_with_other_lithium_content_than_its_sample_is_doubted(tmp_path: Path) -> None:
    from etl.workbooks.template import write_workbook

    rows = {
        "Publication": [{"DOI": "10.1000/one"}],
        "Samples": [{"Sample": "A", "Formula": "Li7La3Zr2O12"}],
        "Structures": [{"Record": "A refined", "Formula": "Li5La3Zr2O12", "Sample": "A"}],
    }
    write_workbook(tmp_path / "paper.xlsx", rows)
    doubts = check_file(tmp_path / "paper.xlsx").doubts
    assert ("lithium-content", "Structures!A2") in [(doubt.code, doubt.cell) for doubt in doubts]
    rows["Structures"][0]["Match"] = "close"
    write_workbook(tmp_path / "paper.xlsx", rows)
    assert "lithium-content" not in [doubt.code for doubt in check_file(tmp_path / "paper.xlsx").doubts]


def test_every_check_is_tried_here() -> None:
    assert len(CHECKS) == len(SLIPS) + 1


def test_limits_are_never_weighed_against_exact_values(tmp_path: Path) -> None:
    assert codes(tmp_path / "limits.csv", PARTS, "10.1000/one,A,25,>2e-4,2e-4,1.5e-3") == [("part-below-total", "E2")]


def test_seed_holds_exactly_the_known_doubts(root: Path) -> None:
    found = [
        (sheet, doubt.code, doubt.cell)
        for sheet in ("garnet", "nasicon", "perovskite")
        for doubt in check_file(root / "seed_data" / "literature" / f"{sheet}.csv").doubts
        if doubt.code not in ("unknown-method", "no-formula", "no-temperature")
    ]
    assert [(sheet, code) for sheet, code, _ in found] == [
        *[("nasicon", "far-from-other-papers")] * seed_counts.DOUBTS["far-from-other-papers"],
        *[("nasicon", "series-sum")] * seed_counts.DOUBTS["series-sum"],
    ]


def test_factor_of_a_thousand_in_a_series_is_told_once_and_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "slip.csv"
    path.write_text("\n".join(series("1.0e-5", "2.5e-5", "5.6e-2", "1.1e-4", "2.1e-4", "3.6e-4")), encoding="utf-8")
    (doubt,) = check_file(path).doubts
    assert (doubt.code, doubt.cell) == ("off-arrhenius", "D4")
    assert "was mS/cm taken for S/cm" in doubt.hint
