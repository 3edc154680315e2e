"""Units: suffixes of column names, spellings of headers and papers, and conversion between them."""

from __future__ import annotations

import subprocess
import sys

import pytest
import scipy.constants

from sse_db.errors import UnreadableQuantity
from sse_db.schema import metadata
from sse_db.units import (
    SUFFIXES,
    convert,
    convert_difference,
    display_unit,
    is_unit_for,
    parse_unit,
    registry,
    suffix_of,
)

SIGMA = "conductivity_s_per_cm"
FARADAY = scipy.constants.e * scipy.constants.N_A
"""One electron volt per particle in J/mol: both constants are exact in the SI."""

SPELLINGS = [
    (
        SIGMA,
        1.0,
        "S/cm | S cm-1 | S cm⁻¹ | S·cm−1 | S.cm-1 | S*cm^-1 | S cm^{-1} | Scm-1 | S / cm | S cm -1 | S ⋅ cm–1",
    ),
    (SIGMA, 1.0, "Siemens/cm | S×cm-1 | S cm^(-1) | S cm**-1 | Ω⁻¹cm⁻¹ | Ω-1 cm-1 | \u2126⁻¹·cm⁻¹ | ohm-1 cm-1"),
    (SIGMA, 1.0, "Ohm-1cm-1 | ohm^-1.cm^-1 | (Ω cm)⁻¹ | (Ω·cm)-1 | (ohm cm)^-1 | 1/(Ω cm) | mho/cm | (Ωcm)⁻¹"),
    (SIGMA, 1e-3, "mS/cm | mS cm⁻¹ | mS·cm-1 | mScm−1"),
    (SIGMA, 1e-6, "µS/cm | μS/cm | uS/cm | µS cm−1 | μScm-1"),
    (SIGMA, 1e-2, "S/m | S·m⁻¹ | S m^-1 | Sm-1 | Ω⁻¹m⁻¹"),
    ("grain_size_um", 1.0, "µm | μm | um | micron | Microns | micrometer | µm."),
    ("grain_size_um", 1e-3, "nm | nanometres"),
    ("a_angstrom", 1.0, "Å | \u212b | A\u030a | A | Angstrom | ang."),
    ("cell_volume_angstrom3", 1.0, "Å3 | Å³ | Å^3 | A3 | A^3"),
    ("duration_h", 1.0, "h | hr | hrs. | hours | Hour"),
    ("duration_h", 24.0, "d | day | Days"),
    ("duration_h", 1 / 60, "min | mins. | minutes"),
    ("density_g_per_cm3", 1.0, "g/cm3 | g cm⁻³ | g·cm-3 | g/cm^3 | g/cc | g/mL | g cm–3"),
    ("additive_wt_percent", 1.0, "wt% | wt.% | wt % | wt. % | mass% | mass-% | Wt. % | % w/w"),
    ("relative_density_percent", 1.0, "% | percent | % TD | ％"),
    ("pressure_mpa", 1e3, "GPa"),
    ("pressure_mpa", 0.1, "bar"),
    ("pressure_mpa", scipy.constants.atm / 1e6, "atm"),
    ("activation_energy_ev", 1e-3, "meV"),
    ("activation_energy_ev", 1e3 / FARADAY, "kJ/mol | kJ mol−1 | kJ·mol⁻¹ | kJ mol-1"),
    ("activation_energy_ev", 1e3 * scipy.constants.calorie / FARADAY, "kcal/mol"),
]


@pytest.mark.parametrize(
    ("column", "suffix", "shown"),
    [
        ("conductivity_s_per_cm", "s_per_cm", "S/cm"),
        ("grain_boundary_conductance_s_per_cm2", "s_per_cm2", "S/cm²"),
        ("sintering_temperature_c", "c", "°C"),
        ("duration_h", "h", "h"),
        ("pellet_diameter_mm", "mm", "mm"),
        ("grain_size_um", "um", "µm"),
        ("relative_density_percent", "percent", "%"),
        ("additive_wt_percent", "wt_percent", "wt%"),
        ("activation_energy_ev", "ev", "eV"),
        ("a_angstrom", "angstrom", "Å"),
        ("cell_volume_angstrom3", "angstrom3", "Å³"),
        ("density_g_per_cm3", "g_per_cm3", "g/cm³"),
        ("pressure_mpa", "mpa", "MPa"),
        ("alpha_degree", "degree", "°"),
        ("atomic_mass_u", "u", "u"),
        ("polarizability_au", "au", "a.u."),
        ("formula_units", None, ""),
        ("li_site_occupancy", None, ""),
        ("space_group_number", None, ""),
    ],
)
def test_the_longest_suffix_of_a_column_names_its_unit(column: str, suffix: str | None, shown: str) -> None:
    assert suffix_of(column) == suffix
    assert display_unit(column) == shown


def test_no_suffix_hides_behind_a_shorter_one() -> None:
    assert all(suffix_of(f"quantity_{suffix}") == suffix for suffix in SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_a_header_shows_and_what_a_hint_offers_is_accepted(suffix: str) -> None:
    unit = SUFFIXES[suffix]
    for text in (unit.shown, *unit.accepted.split(", ")):
        assert is_unit_for(text, f"quantity_{suffix}"), text
    assert convert(1.0, parse_unit(unit.shown), f"quantity_{suffix}") == 1.0


def test_every_text_or_count_column_of_the_schema_has_no_unit() -> None:
    misnamed = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if suffix_of(column.name) and column.type.python_type is not float
    ]
    assert not misnamed


@pytest.mark.parametrize(
    ("text", "column", "factor"),
    [(text, column, factor) for column, factor, texts in SPELLINGS for text in texts.split(" | ")],
)
def test_a_spelling_converts_by_its_factor(text: str, column: str, factor: float) -> None:
    assert convert(1.0, parse_unit(text), column) == pytest.approx(factor, rel=1e-9)


@pytest.mark.parametrize(
    "text", ["°C", "℃", "oC", "ºC", "˚C", "◦C", "° C", "deg C", "degC", "deg. C", "degrees C", "C", "Celsius"]
)
def test_spellings_of_degrees_celsius_are_understood(text: str) -> None:
    assert convert(25.0, parse_unit(text), "temperature_c") == 25.0


@pytest.mark.parametrize("text", ["K", "kelvin", "Kelvin", "°K"])
def test_kelvin_keeps_its_offset_for_values_and_drops_it_for_differences(text: str) -> None:
    assert convert(298.15, parse_unit(text), "temperature_c") == 25.0
    assert convert_difference(1.5, parse_unit(text), "temperature_c") == 1.5


@pytest.mark.parametrize(
    "text", ["mol%", "mol %", "mole%", "mol.%", "Mol-%", "mole percent", "at.%", "atomic %", "vol%"]
)
def test_shares_that_are_no_mass_are_refused_with_a_hint(text: str) -> None:
    with pytest.raises(UnreadableQuantity) as refusal:
        parse_unit(text)
    assert "wt%" in refusal.value.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("mS/vm", "did you mean mS/"),
        ("ms/cm", "did you mean mS/cm"),
        ("Mpa", "did you mean MPa"),
        ("KJ/mol", "did you mean kJ/mol"),
    ],
)
def test_a_slip_is_answered_with_the_unit_that_was_meant(text: str, hint: str) -> None:
    with pytest.raises(UnreadableQuantity) as refusal:
        parse_unit(text)
    assert hint in refusal.value.hint


@pytest.mark.parametrize(
    "text",
    ["", "(", ")", "()", "total", "bulk", "a.b", "hand", "year", "a", "b", "c", "e", "1", "5", "S/", "/cm", "S//cm",
     "S/cm)", "[S]", "__class__", "1/Ωcm/", "S " + "cm-1 " * 9, "S()", "((S))", "(S", "S(*)cm", "m" * 41,
     "m**9**9**9", "m^9^9", "m**999999999", "9**9**9", "10-4 S/cm"],
)  # fmt: skip
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(UnreadableQuantity):
        parse_unit(text)


def test_the_case_of_a_prefix_counts() -> None:
    assert convert(1.0, parse_unit("MeV"), "activation_energy_ev") == pytest.approx(1e6)
    assert convert(1.0, parse_unit("meV"), "activation_energy_ev") == pytest.approx(1e-3)


@pytest.mark.parametrize(
    ("unit", "column"),
    [
        ("S", SIGMA), ("S cm", SIGMA), ("S/cm2", SIGMA), ("K", SIGMA), ("%", SIGMA), ("Ω cm", SIGMA),
        ("S/cm", "grain_boundary_conductance_s_per_cm2"), ("µm2", "grain_size_um"), ("h", "temperature_c"),
        ("°", "temperature_c"), ("mol", "duration_h"), ("K", "activation_energy_ev"), ("g", "additive_wt_percent"),
        ("Å", "cell_volume_angstrom3"), ("mg", "pellet_diameter_mm"),
    ],
)  # fmt: skip
def test_a_unit_of_another_kind_is_refused_with_the_accepted_ones(unit: str, column: str) -> None:
    with pytest.raises(UnreadableQuantity) as refusal:
        convert(1.0, parse_unit(unit), column)
    assert SUFFIXES[suffix_of(column) or ""].accepted in refusal.value.hint
    assert not is_unit_for(unit, column)


def test_a_column_without_unit_takes_none() -> None:
    with pytest.raises(UnreadableQuantity, match="takes no unit"):
        convert(1.0, parse_unit("S/cm"), "li_site_occupancy")


def test_a_value_in_the_unit_of_the_column_keeps_every_digit() -> None:
    value = 0.1234567890123456
    assert convert(value, parse_unit("S cm⁻¹"), SIGMA) == value


def test_there_is_one_registry() -> None:
    assert registry() is registry()


def test_importing_units_does_not_load_pint() -> None:
    code = "import sys, sse_db.units; print('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_name_of_a_columns_unit_is_pints_own(suffix: str) -> None:
    unit = SUFFIXES[suffix]
    assert format(registry().parse_units(unit.pint_name), "D") == unit.pint_name
    assert parse_unit(unit.shown) == unit.pint_name
