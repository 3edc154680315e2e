"""Headers of our own sheets and of other people's: all that they say is used, refused or told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from etl.drafts import Intake
from etl.foreign.guess import draft_mapping
from etl.foreign.mapping import SheetMapping, parse_mapping, read_mapping
from etl.options import ReadOptions
from etl.pipeline import examine_file
from etl.problems import Findings
from sse_db.errors import UnreadableSource

DATA = Path(__file__).parents[1] / "data" / "headers"
Value = tuple[str, str, float | None, float, str]
"""Sample, contribution, temperature (°C), conductivity (S/cm), basis of the contribution."""


def read(path: Path, mapping: SheetMapping | None = None) -> tuple[Intake, Findings]:
    return examine_file(
        path, "sheet" if mapping else "auto", ReadOptions(mapping=mapping) if mapping else ReadOptions()
    )


def read_drafted(path: Path) -> tuple[Intake, Findings]:
    return read(path, draft_mapping(path)[1])


def values(intake: Intake) -> list[Value]:
    found = []
    for draft in intake.drafts.get("impedance_measurements", []):
        told = draft.values
        _, label = draft.parents["sample_id"]  # type: ignore[misc]  # keys of samples are pairs
        warmth = None if told["temperature_c"] is None else round(told["temperature_c"], 2)
        sigma = float(f"{told['conductivity_s_per_cm']:.4g}")
        found.append((label, str(told["contribution"]), warmth, sigma, str(told["contribution_basis"])))
    return sorted(found, key=str)


def codes(findings: Findings) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in findings.problems]


def write(folder: Path, *rows: str) -> Path:
    (folder / "sheet.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder / "sheet.csv"


def total(*pairs: tuple[str, float, float], basis: str = "stated") -> list[Value]:
    return [(label, "total", warmth, sigma, basis) for label, warmth, sigma in pairs]


POWERS = total(("SL-1", 25.0, 1.58e-4), ("SL-2", 25.0, 5.09e-4))
LONG = [
    ("P1", "bulk", 25.0, 5e-4, "stated"), ("P1", "bulk", 60.0, 2e-3, "stated"),
    ("P1", "grain_boundary", 25.0, 3e-4, "stated"), ("P1", "grain_boundary", 60.0, 1.2e-3, "stated"),
    ("P1", "total", 25.0, 1.9e-4, "stated"), ("P1", "total", 60.0, 7.5e-4, "stated"),
]  # fmt: skip
OWN: dict[str, list[Value]] = {
    "a01_minus.csv": POWERS, "a01_times.csv": POWERS, "a01_e.csv": POWERS, "a01_caret.csv": POWERS,
    "a03_log_sigma_t.csv": total(("P1", 25.0, 3.354e-4), ("P1", 60.0, 1.894e-3), basis="assumed"),
    "a03_ln_sigma_t.csv": total(("P1", 25.0, 3.363e-4), ("P1", 60.0, 1.821e-3), basis="assumed"),
    "a03_inverse_temperature.csv": total(("P1", 25.0, 1e-4), ("P1", 60.18, 1e-3), basis="assumed"),
    "w07_ionic_conductivity.csv": total(("P1", 25.0, 3e-4), basis="assumed"),
    "w07_conductivity.csv": total(("P1", 25.0, 3e-4), basis="assumed"),
    "w07_conductivity.xlsx": total(("P1", 25.0, 3e-4), ("P2", 25.0, 4e-4), basis="assumed"),
    "w07_control_total.csv": total(("P1", 25.0, 3e-4)),
    "a02_long.csv": LONG,
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_our_own_sheets_read_what_their_headers_say(name: str) -> None:
    intake, findings = read(DATA / name)
    assert findings.problems == []
    assert values(intake) == OWN[name]


WIDE = (-40, -20, 0, 20, 40, 60)
WIDE_VALUES = {"A": (1e-7, 1e-6, 9e-6, 5e-5, 2e-4, 7e-4), "B": (2e-7, 2e-6, 8e-6, 6e-5, 3e-4, 8e-4)}
DRAFTED: dict[str, list[Value]] = {
    "01_factor_in_header.xlsx": total(("P1", 25.0, 3.5e-5), ("P2", 25.0, 6.2e-5), basis="assumed"),
    "02_group_temperatures.xlsx": [
        (label, kind, warmth, sigma, "stated")
        for label, kind, warmth, sigma in (
            ("P1", "bulk", 100.0, 3e-4), ("P1", "bulk", 200.0, 3e-3), ("P1", "total", 100.0, 2e-4),
            ("P1", "total", 200.0, 2e-3), ("P2", "bulk", 100.0, 4e-4), ("P2", "bulk", 200.0, 4e-3),
            ("P2", "total", 100.0, 3e-4), ("P2", "total", 200.0, 3e-3),
        )
    ],
    "02_group_sintering.xlsx": total(("P1", 25.0, 3e-4), ("P2", 25.0, 4e-4)),
    "02_merged_header.xlsx": [
        ("P1", "bulk", 25.0, 3e-4, "stated"), ("P1", "grain_boundary", 25.0, 1e-3, "stated"),
        ("P1", "total", 25.0, 2.3e-4, "stated"), ("P2", "bulk", 25.0, 4e-4, "stated"),
        ("P2", "grain_boundary", 25.0, 2e-3, "stated"), ("P2", "total", 25.0, 3.3e-4, "stated"),
    ],
    "03_kelvin_map.csv": total(
        ("P1", -100.0, 4e-8), ("P1", 25.0, 3e-4), ("P2", 30.0, 8e-4), ("P3", 26.85, 2e-4), basis="assumed"
    ),
    "w08_wide.csv": sorted(
        (each for label, its in WIDE_VALUES.items() for each in total(*((label, float(t), v) for t, v in zip(WIDE, its, strict=True)))),
        key=str,
    ),
    "a02_long_foreign.csv": [each for each in LONG if each[2] == 25.0],
    "a01_wide.csv": [
        ("SL-1", "bulk", 25.0, 4e-4, "stated"), ("SL-1", "grain_boundary", 25.0, 2.6e-4, "stated"),
        ("SL-1", "total", 25.0, 1.58e-4, "stated"),
    ],
    "a03_foreign.csv": total(("P1", 25.0, 3.354e-4), ("P1", 60.18, 1.893e-3), basis="assumed"),
    "w07_ionic_conductivity.csv": total(("P1", 25.0, 3e-4), basis="assumed"),
    "w07_conductivity.csv": total(("P1", 25.0, 3e-4), basis="assumed"),
    "w07_control_total.csv": total(("P1", 25.0, 3e-4)),
    "12_summary_rows.csv": total(("P1", 25.0, 3e-4), ("P2", 25.0, 4e-4)),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAFTED)
def test_a_draft_reads_what_the_headers_of_a_foreign_sheet_say(name: str) -> None:
    intake, findings = read_drafted(DATA / name)
    assert findings.errors == []
    assert values(intake) == DRAFTED[name]


def test_a_unit_that_does_not_fit_leaves_its_column_unread_and_named() -> None:
    text, mapping = draft_mapping(DATA / "01_units_unread.xlsx")
    intake, findings = read(DATA / "01_units_unread.xlsx", mapping)
    for unit in ("Ω cm", "g/cm3", "mol%", "K is no unit", "°F", "mm2"):
        assert any(unit in line for line in text.splitlines() if line.startswith("# "))
    assert values(intake) == []
    assert not set(intake.drafts) & {"activation_energies", "processing_steps"}
    sample = intake.drafts["samples"][0].values
    assert not {"grain_size_um", "relative_density_percent", "additive_wt_percent"} & {
        name for name, value in sample.items() if value is not None
    }
    assert codes(findings).count(("doubt", "unmapped-header")) == 6
    assert ("doubt", "no-conductivity") in codes(findings)


@pytest.mark.parametrize("name", ["02_group_sintering.xlsx", "02_merged_header.xlsx"])
def test_what_stands_over_columns_makes_steps_of_them(name: str) -> None:
    steps = read_drafted(DATA / name)[0].drafts["processing_steps"]
    assert [step.values["temperature_c"] for step in steps] == [1150.0, 1200.0]
    assert [str(step.values["operation"]) for step in steps] == ["sintering", "sintering"]
    if name == "02_merged_header.xlsx":
        assert [step.values["duration_h"] for step in steps] == [12.0, 10.0]


def test_rows_that_sum_up_others_are_listed_and_told() -> None:
    intake, findings = read_drafted(DATA / "12_summary_rows.csv")
    assert [draft.values["label"] for draft in intake.drafts["samples"]] == ["P1", "P2"]
    assert codes(findings) == [("doubt", "summary-row")] * 2
    assert len(intake.skipped) == 2


def test_a_letter_is_not_guessed_without_a_unit() -> None:
    intake, findings = read_drafted(DATA / "16_letters_as_headers.csv")
    assert all("pellet_diameter_mm" not in draft.values for draft in intake.drafts["samples"])
    assert ("doubt", "no-conductivity") in codes(findings)


def test_a_table_for_a_plot_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="no column names samples"):
        draft_mapping(DATA / "w13_plot_table.csv")


MAPPED: dict[str, list[Value]] = {
    "w01_minus_and_plus": [
        ("A", "total", -20.0, 1e-6, "stated"), ("A", "total", 20.0, 2e-5, "stated"),
        ("B", "total", -20.0, 3e-6, "stated"), ("B", "total", 20.0, 4e-5, "stated"),
    ],
    "w08_basis": [("A", "total", 25.0, 1e-4, "stated"), ("A", "total", 60.0, 5e-4, "assumed")],
}  # fmt: skip


@pytest.mark.parametrize("name", MAPPED)
def test_a_mapping_speaks_of_each_column_alone(name: str) -> None:
    intake, findings = read(DATA / f"{name}.csv", read_mapping(DATA / f"{name}.toml"))
    assert findings.problems == []
    assert values(intake) == MAPPED[name]


def test_letters_name_columns_wherever_headers_do() -> None:
    mapping = (DATA / "14_letters.toml").read_text(encoding="utf-8")
    intake, findings = read(DATA / "14_names.csv", parse_mapping(mapping, "letters"))
    assert findings.errors == []
    assert values(intake) == total(("1", 25.0, 3e-4), ("1", 50.0, 6e-4))
    wrong = parse_mapping(mapping.replace("{@A}", "{@Q}"), "letters")
    assert ("error", "missing-header") in codes(read(DATA / "14_names.csv", wrong)[1])


START, ROW = "Sample,Formula,DOI", "P1,Li7La3Zr2O12,10.5555/invented.1"
RIGHT = total(("P1", 25.0, 3e-4))
ASSUMED = total(("P1", 25.0, 3e-4), basis="assumed")
UNREAD: list[Value] = []
SIBLINGS = [
    ("T (°C),resistivity (kohm cm)", "25,3.33333333", ASSUMED),
    ("T (°C),ρ (Ω m)", "25,33.3333333", ASSUMED),
    ("T (°C),log ρ (Ω cm)", "25,3.52287875", ASSUMED),
    ("T (°C),σ (mS)", "25,0.3", UNREAD),
    ("T (°C),σ total (S/cm²)", "25,3e-4", UNREAD),
    ("T (°C),Conductance (S)", "25,3e-4", UNREAD),
    ("T (°C),Electronic conductivity (S/cm)", "25,3e-4", UNREAD),
    ("T (°C),-log σ (S/cm)", "25,3.5", UNREAD),
    ("T (°C),σ × 10⁴ (S/cm)", "25,3", UNREAD),
    ("T (°C),σ total (10⁻⁴)", "25,3", UNREAD),
    ("T (°C),σ total (foo/bar)", "25,3e-4", UNREAD),
    ("T (°C),σ total error (S/cm)", "25,3e-5", UNREAD),
    ("T (°C),σ total /10-4 S cm-1", "25,3", RIGHT),
    ("T/K,sigma_total_mS_cm", "298.15,0.3", RIGHT),
    ("temperature_degC,sigma_total_s_per_cm", "25,3e-4", RIGHT),
    ("T (°F),conductivity (mS cm^-1) total", "77,0.3", RIGHT),
    ("1/T (K^-1),σ total (S/m)", "0.00335401643,0.03", RIGHT),
    ("1000/T,ln(σT) total (S K/cm)", "3.35401643,-2.41413137", RIGHT),
    ("T (°C),σ total at 25 °C (S/cm)", "80,3e-4", RIGHT),
    ("T (°C),Kind,σ (S/cm)", "25,total,3e-4", RIGHT),
]


@pytest.mark.parametrize(("headers", "cells", "expected"), SIBLINGS, ids=[each[0] for each in SIBLINGS])
def test_a_header_is_read_whole_or_named(headers: str, cells: str, expected: list[Value], tmp_path: Path) -> None:
    intake, findings = read_drafted(write(tmp_path, f"{START},{headers}", f"{ROW},{cells}"))
    assert findings.errors == []
    assert values(intake) == expected
    assert bool(expected) or {("doubt", "unmapped-header"), ("doubt", "no-conductivity")} <= set(codes(findings))


TITLES = [
    ((",,,Bulk,,Total,", f"{START},25 °C,50 °C,25 °C,50 °C"), "3e-4,6e-4,2e-4,4e-4", 4),
    ((",,,at 100 °C,", f"{START},σ bulk (S/cm),σ total (S/cm)"), "3e-4,2e-4", 2),
    ((",,,mS/cm,,", f"{START},bulk,gb,total"), "0.3,0.2,0.12", 3),
    ((f"{START},Conductivity,,Sintering", ",,,bulk,total,T", ",,,S/cm,S/cm,°C"), "3e-4,2e-4,1100", 2),
    ((f"{START},T,σ bulk", ",,,K,10-4 S/cm"), "298.15,3", 1),
    (("Table 2. Grain-boundary conductivity", f"{START},T (°C),σ (S/cm)"), "25,3e-4", 0),
    ((",,,After sintering at 1100 °C,", f"{START},σ total (S/cm),Density (%)"), "3e-4,95", 0),
]


@pytest.mark.parametrize(("header", "cells", "count"), TITLES, ids=[each[0][0] for each in TITLES])
def test_what_stands_above_is_joined_to_the_names_below_or_asked_about(
    header: tuple[str, ...], cells: str, count: int, tmp_path: Path
) -> None:
    intake, findings = read_drafted(write(tmp_path, *header, f"{ROW},{cells}"))
    assert findings.errors == []
    found = values(intake)
    assert len(found) == count
    assert all(basis == "stated" and 1e-4 <= sigma <= 6e-4 for *_, sigma, basis in found)
    assert count or ("doubt", "unmapped-header") in codes(findings)


def test_a_temperature_in_a_title_keeps_room_temperature_from_being_assumed(tmp_path: Path) -> None:
    path = write(tmp_path, "Conductivities at 100 °C", f"{START},σ bulk (S/cm)", f"{ROW},3e-4")
    intake, findings = read_drafted(path)
    assert values(intake) == [("P1", "bulk", None, 3e-4, "stated")]
    assert codes(findings) == [("doubt", "row-above")]


REFUSED = [
    ("Temperature (°C),σ × 10⁴ (S/cm)", "25,3", "header-power"),
    ("Temperature (°C),σ total (Ω cm)", "25,3", "header-unit"),
    ("Temperature (°C),Resistivity", "25,3500", "header-unit"),
    ("Temperature (10^2 °C),σ total (S/cm)", "25,3e-4", "header-unit"),
    ("Temperature (°C),σT", "25,0.1", "header-unit"),
    ("σ bulk T (S K/cm)", "0.1", "unreadable-quantity"),
    ("1000/T (1/K),σ total (S/cm)", "0,3e-4", "unreadable-quantity"),
    ("Temperature (°C),Contribution,σ bulk (S/cm)", "25,total,3e-4", "contradicting-kind"),
    ("Temperature (°C),σ (S/cm),σ total (S/cm)", "25,3e-4,2e-4", "double-header"),
]


@pytest.mark.parametrize(("headers", "cells", "code"), REFUSED, ids=[each[0] for each in REFUSED])
def test_our_own_sheets_refuse_a_header_that_is_not_understood(
    headers: str, cells: str, code: str, tmp_path: Path
) -> None:
    findings = read(write(tmp_path, f"{START},{headers}", f"{ROW},{cells}"))[1]
    assert ("error", code) in codes(findings)


FORMS = {
    "σ bulk (log S/cm)": "log10 σ bulk (S/cm)", "σ (log10(S/cm))": "log10 σ (S/cm)", "σ total (Ω cm)": "ρ total (Ω cm)",
    "σ bulk (S cm-1 K)": "σT bulk (S K/cm)", "-log10 σ bulk (S/cm)": "log10 σ bulk (S/cm)",
}  # fmt: skip


@pytest.mark.parametrize(("header", "meant"), FORMS.items(), ids=FORMS)
def test_a_header_of_another_form_of_a_conductivity_is_led_to_one_that_is_read(
    header: str, meant: str, tmp_path: Path
) -> None:
    findings = read(write(tmp_path, f"{START},Temperature (°C),{header}", f"{ROW},25,3"))[1]
    (told,) = [each for each in findings.problems if each.severity == "error"]
    assert told.hint.endswith(meant)
    number = "-3.5" if "log" in meant else "3000"
    intake, findings = read(write(tmp_path, f"{START},Temperature (°C),{meant}", f"{ROW},25,{number}"))
    assert len(values(intake)) == 1
    assert findings.errors == []


def test_the_limit_of_a_resistivity_is_the_other_limit_of_the_conductivity(tmp_path: Path) -> None:
    intake, _ = read(write(tmp_path, f"{START},Temperature (°C),ρ bulk (Ω·cm)", f"{ROW},25,<4000"))
    told = intake.drafts["impedance_measurements"][0].values
    assert (told["conductivity_s_per_cm"], told["relation"]) == (2.5e-4, ">")
    assert "1/σ = <4000 (Ω·cm)" in told["as_written"]


BELOW_MERGED = [*START.split(","), *("σ bulk (S/cm)", "σ total (S/cm)") * 2, "Grain size (µm)"]


def merged_book(path: Path) -> Path:
    """Two temperatures over merged cells, and a column that neither of them covers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([None, None, None, "100 °C", None, "200 °C", None, None])
    sheet.append(BELOW_MERGED)
    sheet.append([*ROW.split(","), 3e-4, 2e-4, 3e-3, 2e-3, 5])
    sheet.merge_cells("D1:E1")
    sheet.merge_cells("F1:G1")
    book.save(path / "merged.xlsx")
    return path / "merged.xlsx"


def merged_ods(path: Path) -> Path:
    """The same as an OpenDocument sheet."""

    def cell(text: str, width: int = 1) -> TableCell:
        made = TableCell(valuetype="string", numbercolumnsspanned=width, numberrowsspanned=1)
        made.addElement(P(text=text))
        return made

    book, table = OpenDocumentSpreadsheet(), Table(name="Data")
    titles = TableRow()
    for _ in range(3):
        titles.addElement(TableCell())
    for text in ("100 °C", "200 °C"):
        titles.addElement(cell(text, 2))
        titles.addElement(CoveredTableCell())
    table.addElement(titles)
    for texts in (BELOW_MERGED, [*ROW.split(","), "3e-4", "2e-4", "3e-3", "2e-3", "5"]):
        row = TableRow()
        for text in texts:
            row.addElement(cell(text))
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path / "merged.ods"))
    return path / "merged.ods"


@pytest.mark.parametrize("make", [merged_book, merged_ods])
def test_merged_cells_hold_for_the_columns_that_they_cover_and_no_others(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    intake, findings = read_drafted(make(tmp_path))
    assert findings.problems == []
    assert [(kind, warmth, sigma) for _, kind, warmth, sigma, _ in values(intake)] == [
        ("bulk", 100.0, 3e-4), ("bulk", 200.0, 3e-3), ("total", 100.0, 2e-4), ("total", 200.0, 2e-3),
    ]  # fmt: skip
    assert intake.drafts["samples"][0].values["grain_size_um"] == 5


@pytest.mark.parametrize(
    ("headers", "cells", "wanted"),
    [
        ("σ total-25 °C (S/cm),σ total 25 °C (S/cm)", "1e-6,3e-4", total(("P1", 25.0, 3e-4))),
        ("σ_bulk–40 °C (S/cm),x", "1e-6,1", []),
        ("1/T (1/K),σ·T (S cm-1 K)", "0.00335402,0.1", total(("P1", 25.0, 3.354e-4), basis="assumed")),
        ("10^4/T (K-1),log σ (S/cm)", "33.54,-3.5", [("P1", "total", None, 3.162e-4, "assumed")]),
        ("T (°C),σ,unit", "25,0.3,mS/cm", []),
        ("T (°C),σ (S/cm),unit", "25,3e-4,mm", total(("P1", 25.0, 3e-4), basis="assumed")),
    ],
    ids=["minus or hyphen", "a dash", "a unit with K", "a power of ten over T", "units in a column", "other units"],
)
def test_a_draft_asks_about_what_can_be_meant_in_two_ways(
    headers: str, cells: str, wanted: list[Value], tmp_path: Path
) -> None:
    path = write(tmp_path, f"Sample,Formula,DOI,{headers}", f"P1,Li7La3Zr2O12,10.5555/invented.1,{cells}")
    intake, findings = read_drafted(path)
    assert values(intake) == wanted
    assert not findings.errors


def test_a_mapping_has_to_say_whether_a_dash_is_a_minus(tmp_path: Path) -> None:
    path = write(tmp_path, "Sample,DOI,σ total-25 °C (S/cm)", "P1,10.5555/invented.1,1e-6")
    mapped = '[columns]\n"Sample" = "Sample"\n"DOI" = "DOI"\n"σ total-25 °C (S/cm)" = {}\n'
    _, findings = read(path, parse_mapping(mapped.format('{ to = "σ total" }'), "the mapping"))
    assert ("error", "temperature-in-header") in codes(findings)
    intake, findings = read(path, parse_mapping(mapped.format('{ to = "σ total", at = "-25 °C" }'), "the mapping"))
    assert values(intake) == total(("P1", -25.0, 1e-6))


def test_headers_that_stand_again_below_are_one_error(tmp_path: Path) -> None:
    row = "10.5555/invented.1,P{},25,3e-4"
    header = "DOI,Sample,Temperature (°C),σ total (S/cm)"
    _, findings = read(write(tmp_path, header, row.format(1), header, row.format(2)))
    assert [(problem.code, problem.cell) for problem in findings.errors] == [("header-again", "A3")]


@pytest.mark.parametrize(
    ("label", "is_sample"),
    [("± SD", False), ("Coefficient of variation", False), ("95% CI", False), ("平均", False), ("x = 0.1", True)],
)
def test_rows_that_sum_up_others_are_no_samples(label: str, is_sample: bool, tmp_path: Path) -> None:
    rows = [f"{name},{formula},25,3e-4" for name, formula in (("P1", "Li7La3Zr2O12"), (label, ""))]
    intake, _ = read_drafted(write(tmp_path, "Sample,Formula,T (°C),σ total (S/cm)", *rows))
    assert (label in [each[0] for each in values(intake)]) is is_sample
