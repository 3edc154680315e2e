"""Instrument files to spectra: recognised, read wholly, split into sweeps, with conditions, or refused in words."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from etl.spectra.columns import Column
from etl.spectra.conditions import read_conditions
from etl.spectra.impedance import to_impedance
from etl.spectra.instruments import AUTOLAB_DFR, ELCHEMEA, INSTRUMENT_SUFFIXES, IVIUM, PLAIN, Instrument, recognise
from etl.spectra.own_formats import read_dfr, read_ivium
from etl.spectra.plausibility import require_plausible
from etl.spectra.points import Conditions, RawSpectrum
from etl.spectra.tables import Table, find_tables, numbers_of, require_whole_end, unread_headers
from etl.tables.archives import BOOK_SUFFIXES
from etl.tables.extract import LARGEST_FILE, StagedSheet, read_sheets
from etl.tables.texts import MARKS, Decoded, decode
from sse_db.errors import SseDbError, UnreadableSource
from sse_db.vocabulary import TemperatureBasis

SPECTRUM_SUFFIXES = (*INSTRUMENT_SUFFIXES, ".csv", ".tsv", ".txt", *BOOK_SUFFIXES)


class ImaginarySign(StrEnum):
    """What the column of the imaginary part holds, where a person says so."""

    AS_STATED = "as-stated"
    AS_WRITTEN = "as-written"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class SpectrumOptions:
    """What a person says about a file: it counts for more than the file."""

    imaginary: ImaginarySign = ImaginarySign.AS_STATED
    temperature_c: float | None = None
    thickness_mm: float | None = None
    diameter_mm: float | None = None


DEFAULT_OPTIONS = SpectrumOptions()


def read_spectra(path: Path, options: SpectrumOptions = DEFAULT_OPTIONS) -> list[RawSpectrum]:
    """All spectra of a file, each checked. Raises UnreadableSource with the reason; nothing is read in part."""
    if path.suffix.lower() == ".mpr":
        found = _read_mpr(path, options)
    elif path.suffix.lower() in BOOK_SUFFIXES:
        found = _read_book(path, options)
    else:
        found = _read_text(path, options)
    if options.temperature_c is not None and len(found) > 1:
        raise UnreadableSource(
            f"{path.name}: {len(found)} spectra, one temperature given", "leave --temperature out, or split the file"
        )
    return [_with_options(spectrum, options) for spectrum in found]


def find_spectrum_files(places: list[Path]) -> tuple[list[Path], list[Path]]:
    """Files to read, folders searched, in order of their names; and files of folders that are passed over for their
    suffix.

    Raises UnreadableSource for a place that does not exist.
    """
    found: list[Path] = []
    passed_over: list[Path] = []
    for place in places:
        if not place.exists():
            raise UnreadableSource(f"there is no file {place}")
        if not place.is_dir():
            found.append(place)
            continue
        for path in sorted(place.rglob("*"), key=lambda each: _in_order(str(each))):
            if path.is_file() and not any(part.startswith((".", "~$")) for part in path.relative_to(place).parts):
                (found if path.suffix.lower() in SPECTRUM_SUFFIXES else passed_over).append(path)
    return found, passed_over


def _in_order(name: str) -> list[tuple[int, str]]:
    """Numbers in names count as numbers."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def _with_options(spectrum: RawSpectrum, options: SpectrumOptions) -> RawSpectrum:
    known = spectrum.conditions
    if options.temperature_c is not None:
        known = replace(known, temperature_c=options.temperature_c, temperature_basis=TemperatureBasis.STATED)
    known = replace(
        known,
        thickness_mm=options.thickness_mm or known.thickness_mm,
        diameter_mm=options.diameter_mm or known.diameter_mm,
    )
    spectrum.conditions = known
    return spectrum


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_text(path: Path, options: SpectrumOptions) -> list[RawSpectrum]:
    size = path.stat().st_size
    if size > LARGEST_FILE or size == 0:
        raise UnreadableSource(f"{path.name}: the file is {'empty' if size == 0 else 'too large for a spectrum'}")
    data = path.read_bytes()
    suffix = path.suffix.lower()
    if suffix in (".idf", ".ids"):
        text = data.decode("latin-1")
        blocks = read_ivium(text.splitlines(), path.name)
        return _number(
            [
                _make(path, "", IVIUM, *points, _conditions(text, "", path), options, sign_is_stated=True)
                for points in blocks
            ]
        )
    text, remark = _decode(data, path.name)
    text = text.replace("\r\r\n", "\n")
    lines = text.splitlines()
    if suffix == ".dfr":
        points = read_dfr(lines, path.name)
        return [_make(path, "", AUTOLAB_DFR, *points, _conditions("", "", path), options, sign_is_stated=True)]
    instrument = recognise(text)
    _require_header_line(lines, instrument, path.name)
    name = ELCHEMEA if suffix == ".i2b" else instrument.name
    found: list[RawSpectrum] = []
    for table in find_tables(lines, path.name):
        require_whole_end(text, table, path.name)
        found += _read_table(path, "", replace(instrument, name=name), table, options)
    if remark is not None:
        for spectrum in found:
            spectrum.doubt(*remark)
    return _number(found)


def _decode(data: bytes, name: str) -> Decoded:
    """The text of a file: UTF-8; programs of instruments that write another encoding write that of Windows; of other
    tables the encoding is guessed, which a remark names."""
    if not data.startswith(tuple(mark for mark, _ in MARKS)) and b"\x00" not in data[:4096]:
        try:
            return Decoded(data.decode("utf-8"))
        except UnicodeDecodeError:
            text = data.decode("latin-1")  # differs from that of Windows in signs that no header of ours has
            if recognise(text).name != PLAIN.name:
                return Decoded(text)
    return decode(data, name)


def _require_header_line(lines: list[str], instrument: Instrument, name: str) -> None:
    """EC-Lab says how many lines its header has; the table must begin there."""
    if not instrument.name.startswith("BioLogic") or len(lines) < 2:
        return
    count = lines[1].rpartition(":")[2].strip()
    if not lines[1].startswith("Nb header lines") or not count.isdigit() or not 3 <= int(count) <= len(lines):
        raise UnreadableSource(f"{name}, line 2: the number of header lines is not there")
    if "freq/Hz" not in lines[int(count) - 1]:
        raise UnreadableSource(
            f"{name}, line {count}: no column freq/Hz in the header", "export the spectrum with its frequencies"
        )


def _read_book(path: Path, options: SpectrumOptions) -> list[RawSpectrum]:
    found: list[RawSpectrum] = []
    sheets = [sheet for sheet in read_sheets(path) if any(any(row) for row in sheet.rows)]
    refused: SseDbError | None = None
    for sheet in sheets:
        try:
            found += _read_sheet(path, sheet, options, len(sheets) > 1)
        except UnreadableSource as error:
            if len(sheets) == 1 or "no table" not in str(error):
                raise
            refused = error
    if not found:
        raise refused or UnreadableSource(f"{path.name}: there is nothing in it")
    return found


def _read_sheet(path: Path, sheet: StagedSheet, options: SpectrumOptions, is_one_of_several: bool) -> list[RawSpectrum]:
    name = f"{path.name}, {sheet.name}" if sheet.name else path.name
    lines = ["\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row) for row in sheet.rows]
    section = (sheet.name or "") if is_one_of_several else ""
    found: list[RawSpectrum] = []
    for table in find_tables(lines, name):
        found += _read_table(path, section, PLAIN, table, options, sheet.name or "")
    return _number(found)


def _number(found: list[RawSpectrum]) -> list[RawSpectrum]:
    """Several spectra of one sheet or text are told apart by their number."""
    if len(found) > 1:
        for number, spectrum in enumerate(found, 1):
            spectrum.section = f"{spectrum.section} {number}".strip()
    return found


def _conditions(text: str, sheet: str, path: Path) -> Conditions:
    return read_conditions(text.splitlines()[:400], sheet, path.stem, path.name)


def _read_table(
    path: Path, section: str, instrument: Instrument, table: Table, options: SpectrumOptions, sheet: str = ""
) -> list[RawSpectrum]:
    columns = [column for column in table.columns if column]
    rows = list(numbers_of(table, path.name))
    values = {
        column.quantity: np.array([row[k] for _, row in rows]) * column.factor for k, column in enumerate(columns)
    }
    _require_single(columns, path.name)
    conditions = _conditions("\n".join(table.above), sheet, path)
    conditions = replace(
        conditions,
        thickness_mm=options.thickness_mm or conditions.thickness_mm,
        diameter_mm=options.diameter_mm or conditions.diameter_mm,
    )
    frequency = values["frequency"] if "frequency" in values else values["angular_frequency"] / (2 * np.pi)
    doubts: list[tuple[str, str]] = []
    impedance, signed = to_impedance(values, columns, conditions, path.name, frequency, doubts)
    without = frequency == 0
    if without.any() and "Parstat" in instrument.name:
        doubts.append(
            ("no-frequency", f"{int(without.sum())} rows without frequency are no points (the time before the sweep)")
        )
        frequency, impedance = frequency[~without], impedance[~without]
    _tell_of_table(table, instrument, columns, doubts)
    made = []
    for part in split_sweeps(frequency):
        made.append(
            _make(
                path,
                section,
                instrument.name,
                frequency[part],
                impedance[part],
                conditions,
                options,
                sign_is_stated=signed,
            )
        )
        for code, message in doubts:
            made[-1].doubt(code, message)
    return made


def _tell_of_table(table: Table, instrument: Instrument, columns: list[Column], doubts: list[tuple[str, str]]) -> None:
    for header in unread_headers(table, instrument.known):
        doubts.append(("unread-column", f"the column {header!r} was not read"))
    if not table.has_header:
        doubts.append(("no-header", "no header: taken as frequency in Hz, Z' and Z'' in ohm"))
    elif not any(column.states_unit for column in columns) and instrument.name == PLAIN.name:
        doubts.append(("no-unit", "no unit in the header: taken as Hz and ohm"))
    if table.announced is not None and table.announced != len(table.rows):
        doubts.append(("announced", f"{table.announced} points announced, {len(table.rows)} there: was it stopped?"))
    if table.is_aborted:
        doubts.append(("aborted", "the measurement was aborted"))


def _require_single(columns: list[Column], name: str) -> None:
    quantities = [column.quantity for column in columns]
    twice = {each for each in quantities if quantities.count(each) > 1}
    if twice:
        headers = [column.header for column in columns if column.quantity in twice]
        raise UnreadableSource(f"{name}: two columns of one kind: {', '.join(headers)}", "leave one of them")


def split_sweeps(frequency: NDArray[np.float64]) -> list[slice]:
    """The sweeps of a column of frequencies: a new one begins where they jump back over more than half of their
    range."""
    if len(frequency) < 3 or np.any(frequency <= 0):
        return [slice(0, len(frequency))]
    logarithm = np.log10(frequency)
    jumps = np.diff(logarithm)
    direction = np.sign(np.median(jumps)) or -1.0
    far = 0.5 * (logarithm.max() - logarithm.min())
    ends = [0, *(np.flatnonzero(jumps * direction < -max(far, 0.5)) + 1).tolist(), len(frequency)]
    return [slice(a, b) for a, b in itertools.pairwise(ends)]


def _make(
    path: Path, section: str, instrument: str, frequency: NDArray[np.float64], impedance: NDArray[np.complex128],
    conditions: Conditions, options: SpectrumOptions, *, sign_is_stated: bool,
) -> RawSpectrum:  # fmt: skip
    if options.imaginary is ImaginarySign.NEGATED:
        impedance = np.conj(impedance)
    spectrum = RawSpectrum(path.name, _hash(path), section, instrument, frequency, impedance, conditions)
    require_plausible(spectrum, sign_is_stated=sign_is_stated or options.imaginary is not ImaginarySign.AS_STATED)
    logarithm = np.log10(spectrum.frequency_hz)
    if len(set(logarithm.tolist())) < len(logarithm):
        spectrum.doubt("doubled-frequency", "a frequency stands twice")
    elif not (np.all(np.diff(logarithm) < 0) or np.all(np.diff(logarithm) > 0)):
        spectrum.doubt("order", "the frequencies are not in order")
    return spectrum


def _read_mpr(path: Path, options: SpectrumOptions) -> list[RawSpectrum]:
    """BioLogic's binary files through galvani, which is GPL and therefore nobody's dependency; no real file was at
    hand."""
    try:
        from galvani import BioLogic  # type: ignore[import-not-found]
    except ImportError as error:
        raise UnreadableSource(
            f"{path.name}: .mpr needs the package galvani (GPL), which is not installed",
            "pip install galvani, or export .mpt from EC-Lab",
        ) from error
    try:
        data = BioLogic.MPRfile(str(path)).data
        frequency, real, imaginary = (
            np.asarray(data[name], dtype=float) for name in ("freq/Hz", "Re(Z)/Ohm", "-Im(Z)/Ohm")
        )
    except (ValueError, KeyError, IndexError, NotImplementedError, OSError) as error:
        raise UnreadableSource(f"{path.name}: not read by galvani: {error}", "export .mpt from EC-Lab") from error
    made = []
    for part in split_sweeps(frequency):
        spectrum = _make(
            path,
            "",
            "BioLogic EC-Lab binary (.mpr)",
            frequency[part],
            real[part] - 1j * imaginary[part],
            _conditions("", "", path),
            options,
            sign_is_stated=True,
        )
        spectrum.doubt(
            "untried-format", "no real .mpr file was at hand when this reader was written: compare with the .mpt"
        )
        made.append(spectrum)
    return _number(made)
