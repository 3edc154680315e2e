"""Files of spectra: every format, signs and units, conditions, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from support.spectrum_files import SUFFIXES, WRITERS, points

from etl.spectra.columns import read_column
from etl.spectra.conditions import read_conditions
from etl.spectra.reader import ImaginarySign, SpectrumOptions, find_spectrum_files, read_spectra
from sse_db.errors import UnreadableQuantity, UnreadableSource
from sse_db.vocabulary import TemperatureBasis

FREQUENCY, IMPEDANCE = points()
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(text: str, name: str = "pellet.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def table(header: str, *columns: np.ndarray, sign: str = ",") -> str:
    rows = [sign.join(f"{value:.9e}" for value in row) for row in zip(*columns, strict=True)]
    return "\n".join([header, *rows]) + "\n"


@pytest.mark.parametrize("form", WRITERS)
def test_a_file_of_each_format_gives_its_points(form: str, write: Write) -> None:
    (spectrum,) = read_spectra(write(WRITERS[form](FREQUENCY, IMPEDANCE), f"pellet{SUFFIXES[form]}"))
    np.testing.assert_allclose(spectrum.frequency_hz, FREQUENCY, rtol=1e-5)
    np.testing.assert_allclose(spectrum.impedance_ohm, IMPEDANCE, rtol=2e-5)


@pytest.mark.parametrize(
    ("header", "quantity", "factor"),
    [
        ("freq/Hz", "frequency", 1), ("Freq. [kHz]", "frequency", 1e3), ("Frequency (MHz)", "frequency", 1e6),
        ("-Im(Z)/Ohm", "z_imaginary", -1), ("Z''(b)", "z_imaginary", 1), ("Zs'' [Ohms]", "z_imaginary", 1), ('Z"/ohm', "z_imaginary", 1),
        ("−Z″ (kΩ)", "z_imaginary", -1e3), ("Z_real", "z_real", 1), ("Re(Z)/Ohm", "z_real", 1), ("|Z|/Ohm", "modulus", 1),
        ("Phase(Z)/deg", "phase", np.pi / 180), ("-phase (rad)", "phase", -1), ("ω (rad/s)", "angular_frequency", 1),
        ("Y' (mS)", "y_real", 1e-3), ("ε''", "permittivity_imaginary", 1),
    ],
)  # fmt: skip
def test_a_header_says_quantity_sign_and_unit(header: str, quantity: str, factor: float) -> None:
    column = read_column(header)
    assert column is not None
    assert (column.quantity, column.factor) == (quantity, pytest.approx(factor))


@pytest.mark.parametrize(
    "header", ["time/s", "<Ewe>/V", "Temperature drift", "R", "sample", "Cs/µF", "E Real", "Z2 Imag"]
)
def test_other_headers_are_none_of_an_impedance(header: str) -> None:
    assert read_column(header) is None


@pytest.mark.parametrize("header", ["Z' (Ω cm²)", "Frequency (rpm)", "Z'' [Ohm m]", "log f"])
def test_a_unit_that_is_none_is_refused(header: str) -> None:
    with pytest.raises(UnreadableQuantity):
        read_column(header)


def test_admittance_is_turned_into_impedance(write: Write) -> None:
    admittance = 1 / IMPEDANCE
    (spectrum,) = read_spectra(write(table("f (Hz),Y' (S),Y'' (S)", FREQUENCY, admittance.real, admittance.imag)))
    np.testing.assert_allclose(spectrum.impedance_ohm, IMPEDANCE, rtol=1e-6)


def test_permittivity_needs_the_geometry(write: Write) -> None:
    empty = 8.8541878128e-12 * np.pi / 4 * 1e-4 / 1e-3
    permittivity = 1 / (2j * np.pi * FREQUENCY * empty * IMPEDANCE)
    path = write(table("f (Hz),eps',eps''", FREQUENCY, permittivity.real, -permittivity.imag))
    with pytest.raises(UnreadableSource, match="without the geometry"):
        read_spectra(path)
    (spectrum,) = read_spectra(path, SpectrumOptions(thickness_mm=1.0, diameter_mm=10.0))
    np.testing.assert_allclose(spectrum.impedance_ohm, IMPEDANCE, rtol=1e-6)


def test_a_sign_that_nobody_states_is_doubted_and_a_flag_settles_it(write: Write) -> None:
    path = write(table("f (Hz),Z' (Ohm),Z'' (Ohm)", FREQUENCY, IMPEDANCE.real, -IMPEDANCE.imag))
    (spectrum,) = read_spectra(path)
    np.testing.assert_allclose(spectrum.impedance_ohm, IMPEDANCE, rtol=1e-6)
    assert [doubt.code for doubt in spectrum.doubts] == ["sign"]
    (settled,) = read_spectra(path, SpectrumOptions(imaginary=ImaginarySign.NEGATED))
    assert not settled.doubts
    with pytest.raises(UnreadableSource, match="inductive throughout"):
        read_spectra(path, SpectrumOptions(imaginary=ImaginarySign.AS_WRITTEN))


def test_a_sign_that_the_header_states_is_taken_and_an_inductive_spectrum_refused(write: Write) -> None:
    path = write(table("f (Hz),Z' (Ohm),-Z'' (Ohm)", FREQUENCY, IMPEDANCE.real, IMPEDANCE.imag))
    with pytest.raises(UnreadableSource, match="inductive throughout"):
        read_spectra(path)


def test_a_phase_of_the_other_sign_is_told(write: Write) -> None:
    phase = -np.degrees(np.angle(IMPEDANCE))
    path = write(
        table(
            "Freq (Hz),Z_real,Z_imag,|Z| (Ohm),Phase (deg)",
            FREQUENCY,
            IMPEDANCE.real,
            IMPEDANCE.imag,
            np.abs(IMPEDANCE),
            phase,
        )
    )
    (spectrum,) = read_spectra(path)
    assert [doubt.code for doubt in spectrum.doubts] == ["phase-sign"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (table("f (Hz),Z' (Ohm),Z'' (Ohm)", FREQUENCY[:8], IMPEDANCE.real[:8], IMPEDANCE.imag[:8]), "8 points"),
        (table("f (Hz),Z' (Ohm),Z'' (Ohm)", np.log10(FREQUENCY) + 1, IMPEDANCE.real, IMPEDANCE.imag), "a decade|equal steps"),
        (table("f (Hz),Z' (Ohm),Z'' (Ohm)", FREQUENCY, -IMPEDANCE.real, IMPEDANCE.imag), "negative throughout"),
        (table("f (Hz),Z' (Ohm),Z'' (Ohm)", FREQUENCY, IMPEDANCE.imag, IMPEDANCE.real), "negative throughout|inductive"),
        (table("f (Hz),|Z| (Ohm),Z' (Ohm),Z'' (Ohm),Phase (deg)", FREQUENCY, np.abs(IMPEDANCE) * 2, IMPEDANCE.real, IMPEDANCE.imag, FREQUENCY * 0 - 45), "disagree"),
        (table("f (Hz),Z' (Ohm),Z' (kOhm),Z'' (Ohm)", FREQUENCY, IMPEDANCE.real, IMPEDANCE.real, IMPEDANCE.imag), "two columns of one kind"),
        (table("f (Hz),|Z| (Ohm),phase", FREQUENCY, np.abs(IMPEDANCE), np.angle(IMPEDANCE)), "degrees or radians"),
        ("Sample,Formula\nA,Li3N\n", "no table of an impedance spectrum"), ("\n", "no table"),
    ],
    ids=["few points", "logarithms", "negative resistance", "mixed up", "other modulus", "two of a kind", "unit of phase", "another sheet", "blank"],
)  # fmt: skip
def test_what_is_no_spectrum_is_refused_with_the_reason(text: str, words: str, write: Write) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_spectra(write(text))


def test_modulus_and_phase_without_header_are_not_taken_for_two_parts(write: Write) -> None:
    text = table("", FREQUENCY, np.abs(IMPEDANCE), -np.degrees(np.angle(IMPEDANCE))).lstrip("\n")
    with pytest.raises(UnreadableSource, match="Kramers–Kronig"):
        read_spectra(write(text))


def test_columns_that_were_not_read_are_named(write: Write) -> None:
    text = table("f (Hz),Z' (Ohm),Z'' (Ohm),Humidity (%)", FREQUENCY, IMPEDANCE.real, IMPEDANCE.imag, FREQUENCY * 0)
    (spectrum,) = read_spectra(write(text))
    assert [doubt.message for doubt in spectrum.doubts] == ["the column 'Humidity (%)' was not read"]


def test_several_sweeps_of_one_file_are_several_spectra(write: Write) -> None:
    twice = (np.tile(each, 2) for each in (FREQUENCY, IMPEDANCE.real, IMPEDANCE.imag))
    spectra = read_spectra(write(table("f (Hz),Z' (Ohm),Z'' (Ohm)", *twice)))
    assert [spectrum.label for spectrum in spectra] == ["pellet 1", "pellet 2"]
    assert len({spectrum.key for spectrum in spectra}) == 2


def test_one_sheet_per_temperature_gives_a_spectrum_each(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "llto.xlsx")
    for name in ("145.0K", "25 °C", "notes"):
        sheet = book.add_worksheet(name)
        rows = [("Freq (Hz)", "Z' (Ohm)", "Z'' (Ohm)"), *zip(FREQUENCY, IMPEDANCE.real, IMPEDANCE.imag, strict=True)]
        for row, values in enumerate(rows if name != "notes" else [("made by", "hand")]):
            sheet.write_row(row, 0, [value if isinstance(value, str) else float(value) for value in values])
    book.close()
    spectra = read_spectra(tmp_path / "llto.xlsx")
    assert [spectrum.conditions.temperature_c for spectrum in spectra] == [-128.15, 25.0]
    assert spectra[0].label == "llto 145.0K"


@pytest.mark.parametrize(
    ("above", "sheet", "stem", "temperature"),
    [
        ([], "", "s04147-140deg", 140.0), ([], "145.0K", "llto", -128.15), ([], "", "pellet_-20C", -20.0), ([], "", "LLZO 25 °C run 3", 25.0),
        (["T = 60 °C"], "", "pellet", 60.0), (["Temp. [K]: 2.9815e2"], "", "pellet", 25.0), ([], "", "pellet_4K2", None),
        ([], "", "sample12_run3", None), (["s05751_25deg, 26.02.2025"], "", "Example2a", 25.0),
    ],
)  # fmt: skip
def test_temperature_comes_from_header_sheet_or_name(
    above: list[str], sheet: str, stem: str, temperature: float | None
) -> None:
    assert read_conditions(above, sheet, stem, "file").temperature_c == (
        None if temperature is None else pytest.approx(temperature)
    )


def test_room_temperature_in_a_name_is_nominal() -> None:
    found = read_conditions([], "", "LLZO_RT_2", "file")
    assert (found.temperature_c, found.temperature_basis) == (25.0, TemperatureBasis.ROOM_TEMPERATURE)


def test_two_temperatures_are_refused() -> None:
    with pytest.raises(UnreadableSource, match="60 °C in the header, 25 °C in the name"):
        read_conditions(["T = 60 °C"], "", "pellet_25C", "pellet_25C.csv")


def test_geometry_is_read_from_a_header_but_not_that_of_an_electrode() -> None:
    line = (
        "Diameter[mm]: 1.300e+01  Thickness[mm]: 7.500e-01  Spacer Capacity[pF]: 0  Electrode Thickness[mm]: 4.00e+00"
    )
    found = read_conditions([line], "", "pellet", "file")
    assert (found.diameter_mm, found.thickness_mm) == (13.0, 0.75)
    assert read_conditions(["Electrode Thickness[mm]: 4.00e+00"], "", "pellet", "file").thickness_mm is None


def test_flags_count_for_more_than_the_file(write: Write) -> None:
    path = write(WRITERS["novocontrol"](FREQUENCY, IMPEDANCE), "pellet.txt")
    assert read_spectra(path)[0].conditions.temperature_c == 25.0
    (spectrum,) = read_spectra(path, SpectrumOptions(temperature_c=80.0, thickness_mm=2.0))
    assert (spectrum.conditions.temperature_c, spectrum.conditions.thickness_mm) == (80.0, 2.0)
    assert spectrum.conditions.diameter_mm == 13.0


def test_a_binary_file_of_biologic_says_what_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "pellet.mpr"
    path.write_bytes(b"BIO-LOGIC MODULAR FILE\x1a")
    with pytest.raises(UnreadableSource, match="galvani"):
        read_spectra(path)


def test_a_folder_gives_its_files_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("p100C.csv", "p25C.csv", "notes.docx", ".hidden.csv"):
        (tmp_path / name).write_text("x")
    found, passed_over = find_spectrum_files([tmp_path])
    assert [path.name for path in found] == ["p25C.csv", "p100C.csv"]
    assert [path.name for path in passed_over] == ["notes.docx"]


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="there is no file"):
        find_spectrum_files([tmp_path / "nowhere"])


def test_the_general_import_says_which_command_takes_a_spectrum(tmp_path: Path) -> None:
    from etl.readers import why_unknown

    reason, hint = why_unknown(tmp_path / "pellet.mpt")
    assert "spectrum" in reason
    assert "sse-db spectrum import" in hint
