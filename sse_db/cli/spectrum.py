"""Commands from raw impedance spectra to conductivities: fit, show, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from sse_db.cli.render import curator_of, print_json, print_table, progress, say, settings_of
from sse_db.cli.spectrum_output import show_arrhenius, show_fits, show_stored, write_plots
from sse_db.errors import SseDbError, UnreadableSource, WrongUsage
from sse_db.spelling import counted

if TYPE_CHECKING:
    from analysis.spectra.analyse import Analysis, Options
    from analysis.spectra.conversion import Geometry
    from etl.loading.load import BatchReport
    from etl.spectra.points import RawSpectrum
    from etl.spectra.reader import SpectrumOptions

spectrum_app = typer.Typer(help="From raw impedance spectra to bulk and grain boundary.", no_args_is_help=True)

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE_OR_FOLDER…", help="Files of instruments, tables, or folders.")
]
CircuitCode = Annotated[
    str | None,
    typer.Option("--circuit", metavar="CODE", help="Such as (R1|Q1)-(R2|Q2)-Q3; by default chosen by the program."),
]
Weighting = Annotated[Literal["modulus", "unit"], typer.Option(help="What residuals are divided by.")]
Temperature = Annotated[
    float | None, typer.Option(metavar="°C", help="Measuring temperature, where the file does not say.")
]
Thickness = Annotated[float | None, typer.Option(metavar="MM", min=0.001, max=200, help="Thickness of the pellet.")]
Diameter = Annotated[float | None, typer.Option(metavar="MM", min=0.1, max=200, help="Diameter of the pellet.")]
GrainSize = Annotated[float | None, typer.Option(metavar="UM", min=1e-4, max=1e4, help="Mean grain size, for h_gb.")]
GeometryError = Annotated[
    float, typer.Option("--geometry-uncertainty", metavar="PERCENT", min=0, max=50, help="Of thickness over area.")
]
Imaginary = Annotated[
    Literal["as-stated", "as-written", "negated"],
    typer.Option(
        help="Whether the column of Z'' holds Z'' (as written) or −Z'' (negated); by default as its header says."
    ),
]
Lowest = Annotated[float | None, typer.Option("--lowest", metavar="HZ", help="Leave out points below this frequency.")]
Highest = Annotated[
    float | None, typer.Option("--highest", metavar="HZ", help="Leave out points above this frequency.")
]
DropFailing = Annotated[
    bool, typer.Option("--drop-failing", help="Leave out points that fail the Kramers–Kronig check; recorded.")
]
Series = Annotated[bool, typer.Option("--series", help="Fit all spectra together, as one body over temperature.")]
Tie = Annotated[
    bool, typer.Option("--tie-capacitances", help="With --series: ln C of each arc a straight line over T.")
]
Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FOLDER", help="Write a page with Nyquist, Bode and residuals there, and SVG."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.add_typer(spectrum_app, name="spectrum")


@spectrum_app.command("fit")
def fit(
    files: Files,
    circuit: CircuitCode = None,
    weighting: Weighting = "modulus",
    temperature: Temperature = None,
    thickness: Thickness = None,
    diameter: Diameter = None,
    grain_size: GrainSize = None,
    geometry_uncertainty: GeometryError = 0.0,
    imaginary: Imaginary = "as-stated",
    lowest: Lowest = None,
    highest: Highest = None,
    drop_failing: DropFailing = False,
    series: Series = False,
    tie_capacitances: Tie = False,
    plot: Plot = None,
    json_output: AsJson = False,
) -> None:
    """Fit spectra of files and show resistances, conductivities and doubts; no database is touched."""
    options = _options(circuit, weighting, lowest, highest, drop_failing)
    raw, problems = _read(files, _reading_options(imaginary, temperature, thickness, diameter))
    geometries = [_geometry(each, grain_size, geometry_uncertainty) for each in raw]
    analyses, refused = _analyse(raw, geometries, options, series=series or tie_capacitances, tie=tie_capacitances)
    problems += refused
    _show(analyses, json_output)
    if plot is not None:
        say(f"wrote {counted(write_plots(analyses, plot), 'file')} to {plot}")
    for message in problems:
        say(message)
    if problems:
        raise typer.Exit(1)


@spectrum_app.command("show")
def show(
    context: typer.Context,
    reference: Annotated[
        str | None, typer.Argument(metavar="SPECTRUM", help="Number or label; all where it is left out.")
    ] = None,
    sample: Annotated[str | None, typer.Option(metavar="ID", help="Only those of a sample.")] = None,
    plot: Plot = None,
    json_output: AsJson = False,
) -> None:
    """Show stored spectra with the circuits fitted to them."""
    from etl.spectra.drafts import find_sample
    from sse_db.records.spectra import read_spectra_rows

    engine = settings_of(context).open()
    number = find_sample(engine, sample).row["id"] if sample else None
    rows = read_spectra_rows(engine, reference, number)
    show_stored(rows, is_single=reference is not None, json_output=json_output)
    if plot is not None:
        from sse_db.cli.spectrum_output import write_stored_plots

        say(f"wrote {counted(write_stored_plots(rows, plot), 'file')} to {plot}")


@spectrum_app.command("import")
def import_spectra(
    context: typer.Context,
    files: Files,
    sample: Annotated[str, typer.Option(metavar="ID", help="Sample of the spectra: number, or label.")],
    circuit: CircuitCode = None,
    weighting: Weighting = "modulus",
    temperature: Temperature = None,
    thickness: Thickness = None,
    diameter: Diameter = None,
    grain_size: GrainSize = None,
    geometry_uncertainty: GeometryError = 0.0,
    imaginary: Imaginary = "as-stated",
    lowest: Lowest = None,
    highest: Highest = None,
    drop_failing: DropFailing = False,
    series: Series = False,
    tie_capacitances: Tie = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Accept all fits without being asked.")] = False,
    without_fit: Annotated[bool, typer.Option("--without-fit", help="Store the spectra alone.")] = False,
    on_conflict: Annotated[
        Literal["fail", "update"], typer.Option(help="For values that differ from earlier fits.")
    ] = "fail",
    curator: Annotated[str | None, typer.Option(help="Who accepts; by default $SSE_DB_CURATOR or the user.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    json_output: AsJson = False,
) -> None:
    """Store spectra of a sample, and the fits that a person accepts as its conductivities."""
    from etl.spectra.drafts import find_sample, refuse_other_homes

    options = _options(circuit, weighting, lowest, highest, drop_failing)
    engine = settings_of(context).open()
    home = find_sample(engine, sample)
    raw, problems = _read(files, _reading_options(imaginary, temperature, thickness, diameter))
    if problems:
        raise SseDbError("; ".join(problems), "nothing was written; leave these files out, or mend them")
    refuse_other_homes(engine, raw, home)
    known = [_with_sample(each, home.row) for each in raw]
    geometries = [_geometry(each, grain_size or home.row["grain_size_um"], geometry_uncertainty) for each in known]
    analyses: list[tuple[RawSpectrum, Analysis | None]] = [(each, None) for each in known]
    if not without_fit:
        fitted, refused = _analyse(known, geometries, options, series=series or tie_capacitances, tie=tie_capacitances)
        if refused:
            raise SseDbError("; ".join(refused), "nothing was written; --without-fit stores the spectra alone")
        if not json_output:
            _show(fitted, json_output=False)
        analyses = list(fitted)
    reports = _store(engine, analyses, home, curator_of(curator), yes, on_conflict, dry_run)
    _tell(reports, dry_run=dry_run, json_output=json_output)


def _options(
    circuit: str | None, weighting: Literal["modulus", "unit"], lowest: float | None, highest: float | None, drop: bool
) -> Options:
    from analysis.spectra.analyse import Options
    from analysis.spectra.circuits import parse_circuit

    if lowest is not None and highest is not None and lowest >= highest:
        raise WrongUsage(f"--lowest {lowest:g} is not below --highest {highest:g}")
    try:
        parsed = parse_circuit(circuit) if circuit else None
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    return Options(parsed, weighting, lowest, highest, drop)


def _reading_options(
    imaginary: str, temperature: float | None, thickness: float | None, diameter: float | None
) -> SpectrumOptions:
    from etl.spectra.reader import ImaginarySign, SpectrumOptions

    return SpectrumOptions(ImaginarySign(imaginary), temperature, thickness, diameter)


def _read(files: list[Path], reading: SpectrumOptions) -> tuple[list[RawSpectrum], list[str]]:
    """Spectra of all files; a refused file of several does not keep the others from being read."""
    from etl.spectra.reader import find_spectrum_files, read_spectra

    found, passed_over = find_spectrum_files(files)
    for path in passed_over:
        say(f"passed over, no file of spectra: {path.name}")
    raw: list[RawSpectrum] = []
    problems: list[str] = []
    with progress("reading") as report:
        for number, path in enumerate(found):
            report(number, len(found))
            try:
                raw += read_spectra(path, reading)
            except SseDbError as error:
                if len(found) == 1:
                    raise
                problems.append(f"refused: {error}" + (f" ({error.hint})" if error.hint else ""))
    if not raw:
        raise UnreadableSource(
            "; ".join(problems) or "there is no file of spectra", "see docs/spectra.md for the formats"
        )
    for each in raw:
        for doubt in each.doubts:
            say(f"doubt: {each.label}: {doubt.message}")
    return raw, problems


def _geometry(raw: RawSpectrum, grain_size: float | None, percent: float) -> Geometry | None:
    from analysis.spectra.conversion import Geometry

    known = raw.conditions
    if known.thickness_mm is None or known.diameter_mm is None:
        return None
    return Geometry(known.thickness_mm, known.diameter_mm, grain_size, percent / 100)


def _with_sample(raw: RawSpectrum, sample: dict[str, Any]) -> RawSpectrum:
    """Geometry that neither file nor person gives, from the sample."""
    from dataclasses import replace

    known = raw.conditions
    raw.conditions = replace(
        known,
        thickness_mm=known.thickness_mm or sample["pellet_thickness_mm"],
        diameter_mm=known.diameter_mm or sample["pellet_diameter_mm"],
    )
    return raw


def _analyse(
    raw: list[RawSpectrum], geometries: list[Geometry | None], options: Options, *, series: bool, tie: bool
) -> tuple[list[tuple[RawSpectrum, Analysis]], list[str]]:
    from analysis.spectra.analyse import analyse_series, analyse_spectrum
    from analysis.spectra.fitting import Spectrum

    points = [Spectrum(each.frequency_hz, each.impedance_ohm) for each in raw]
    with progress("fitting") as report:
        if series:
            without = [each.label for each in raw if each.conditions.temperature_c is None]
            if without:
                raise WrongUsage(
                    f"a series needs the temperature of each spectrum; not stated: {', '.join(without[:5])}"
                )
            order = sorted(range(len(raw)), key=lambda k: raw[k].conditions.temperature_c or 0.0)
            members = [(raw[k].conditions.temperature_c or 0.0, points[k], geometries[k]) for k in order]
            try:
                found = analyse_series(members, options, tie_capacitances=tie, report=report)
            except ValueError as error:
                raise WrongUsage(str(error)) from error
            return [(raw[k], each) for k, each in zip(order, found, strict=True)], []
        done: list[tuple[RawSpectrum, Analysis]] = []
        problems = []
        for number, (each, spectrum, geometry) in enumerate(zip(raw, points, geometries, strict=True)):
            report(number, len(raw))
            try:
                done.append((each, analyse_spectrum(spectrum, geometry, options, each.conditions.temperature_c)))
            except ValueError as error:
                problems.append(f"refused: {each.label}: {error}")
        return done, problems


def _show(analyses: list[tuple[RawSpectrum, Analysis]], json_output: bool) -> None:
    from analysis.spectra.analyse import arrhenius_of, record_of

    energies = arrhenius_of([each for _, each in analyses])
    if json_output:
        rows = [
            {
                "file": raw.file_name,
                "spectrum": raw.label,
                "temperature_c": raw.conditions.temperature_c,
                **record_of(each),
            }
            for raw, each in analyses
        ]
        arrhenius = {
            part: {"activation_energy_ev": e.energy_ev, "standard_error_ev": e.standard_error_ev, "n": e.count}
            for part, e in energies.items()
        }
        print_json({"fits": rows, "arrhenius": arrhenius})
        return
    show_fits(analyses)
    show_arrhenius(energies)


def _store(
    engine: Any,
    analyses: list[tuple[RawSpectrum, Analysis | None]],
    home: Any,
    curator: str,
    yes: bool,
    on_conflict: str,
    dry_run: bool,
) -> list[BatchReport]:
    """One batch per file, as for every import."""
    from analysis.spectra.analyse import record_of
    from etl.loading.load import load_intake
    from etl.spectra.drafts import AcceptedFit, make_intake

    by_file: dict[str, list[tuple[RawSpectrum, AcceptedFit | None]]] = {}
    for raw, analysis in analyses:
        accepted = None
        if analysis is not None and (yes or dry_run or _accepts(raw, analysis)):
            accepted = AcceptedFit(record_of(analysis), curator)
        by_file.setdefault(raw.file_sha256, []).append((raw, accepted))
    reports = []
    for spectra in by_file.values():
        reports.append(
            load_intake(engine, make_intake(spectra, home), curator=curator, on_conflict=on_conflict, dry_run=dry_run)
        )
    return reports


def _accepts(raw: RawSpectrum, analysis: Analysis) -> bool:
    if not analysis.conductivities:
        say(f"{raw.label}: no conductivity without thickness and diameter; the fit is stored alone if you accept it")
    return typer.confirm(f"accept the fit of {raw.label}?", default=not analysis.doubts, err=True)


def _tell(reports: list[BatchReport], *, dry_run: bool, json_output: bool) -> None:
    if json_output:
        print_json({"batches": [report.as_dict() for report in reports]})
    else:
        names = ("added", "changed", "unchanged")
        print_table(
            ("batch", "file", *names),
            [(each.id, each.file, *(sum(getattr(each, name).values()) for name in names)) for each in reports],
        )
    if dry_run:
        say("trial run: nothing was written")
