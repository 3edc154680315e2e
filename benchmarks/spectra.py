"""Fits of impedance spectra held against known answers, simulated truth, other models and other programs, in one run.

Usage: python benchmarks/spectra.py [--small] [--spectra N] [--others N] [--data FOLDER]

Prints every threshold beside its figure and exits with 1 if one is missed. impedance.py and pyimpspec take part where
they are installed (benchmarks/requirements-spectra.txt, an environment of its own); neither chooses a circuit by
itself, so both are given the true one. Published spectra are read from the folder of shared data, if it is there.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.simulated_spectra import OTHER_MODELS, SEED, Truth, simulate_other, simulate_spectra
from support.spectrum_files import SUFFIXES, WRITERS, is_right, mutate, points
from support.spectrum_scores import NEAR, guess, score_other_models, score_simulated

from analysis.spectra.analyse import Options, analyse_series, analyse_spectrum, arrhenius_of
from analysis.spectra.circuits import Circuit, parse_circuit
from analysis.spectra.conversion import Geometry
from analysis.spectra.fitting import Spectrum, finish_fit, fit_circuit
from analysis.spectra.series import fit_series
from etl.spectra.reader import read_spectra
from sse_db.errors import SseDbError
from sse_db.temperatures import ZERO_CELSIUS_K

AUTHORS = "(R1|Q1)-(R2|Q2)-Q3"
PELLET = Geometry(2.1, 8.0)
ANSWERS = {
    "Example2b.txt": (4.471e4, 4.712e4),
    "s04147-140deg.txt": (1.462e5, 2.012e6),
    "s04147-170deg.txt": (5.605e4, 3.980e5),
    "s04147-200deg.txt": (2.246e4, 9.502e4),
}
"""R1 and R2 in ohm that the authors' program printed (Sheyigold/EISFitpython, doi 10.1039/d3ta06237f)."""
GIVEN, CHOSEN = 0.05, 0.15
COVERED, RIGHT_NUMBER, DOUBTED, NEEDLESS = (0.90, 0.99), 0.95, 0.90, 0.10
OTHER_RIGHT = 0.9
PATIENCE_S = 20
MUTATED = 500


class Thresholds:
    """Figures beside what they must be."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, bool]] = []

    def add(self, name: str, value: float, low: float, high: float, form: str = "{:.3f}") -> None:
        """Note a figure and the range it must lie in."""
        wanted = f"{form.format(low)} … {form.format(high)}"
        self.rows.append((name, form.format(value), wanted, bool(low <= value <= high)))

    def show(self, console: Console) -> bool:
        """Print all; whether all hold."""
        table = Table("figure", "value", "wanted", "holds")
        for name, value, wanted, holds in self.rows:
            table.add_row(name, value, wanted, "yes" if holds else "NO")
        console.print(table)
        return all(row[3] for row in self.rows)


def read_points(path: Path) -> Spectrum:
    """The one spectrum of a file."""
    raw = read_spectra(path)[0]
    return Spectrum(raw.frequency_hz, raw.impedance_ohm)


def check_answers(folder: Path, thresholds: Thresholds) -> None:
    """The authors' circuit and weighting, the program's own choice, and temperatures tied."""
    circuit = parse_circuit(AUTHORS)
    for name, answers in ANSWERS.items():
        spectrum = read_points(folder / name).within(5.0 if name == "Example2b.txt" else None)
        for how, bound in (("authors' circuit", GIVEN), ("own choice", CHOSEN)):
            analysis = analyse_spectrum(spectrum, None, Options(circuit) if how == "authors' circuit" else None)
            found = [arc.resistance_ohm.value for arc in analysis.fit.arcs[:2]]
            worst = max(abs(value / answer - 1) for value, answer in zip(found, answers, strict=True))
            thresholds.add(f"{name}, {how}: worst of R1, R2", worst, 0, bound)
    spectra = [(float(each.stem[-6:-3]), read_points(each), PELLET) for each in sorted(folder.glob("s04147-*deg.txt"))]
    for how, tied in (("one by one", False), ("capacitances tied", True)):
        members = analyse_series(spectra, tie_capacitances=tied)
        energies = arrhenius_of(members)
        thresholds.add(f"s04147, {how}: Ea bulk (eV)", energies["bulk"].energy_ev, 0.57, 0.60)
        thresholds.add(f"s04147, {how}: Ea grain boundary (eV)", energies["grain_boundary"].energy_ev, 0.87, 0.91)
        for name, answers in list(ANSWERS.items())[1:]:
            member = next(each for each in members if each.temperature_c == float(name[-10:-7]))
            values = [arc.resistance_ohm.value for arc in member.fit.arcs[:2]]
            worst = max(abs(value / answer - 1) for value, answer in zip(values, answers, strict=True))
            thresholds.add(f"{name}, series, {how}: worst of R1, R2", worst, 0, CHOSEN)


def check_broad_band(book: Path, thresholds: Thresholds, console: Console) -> None:
    """The main fast relaxation of a titanate ceramic followed over temperature, and what leaves the window."""
    raw = read_spectra(book)
    thresholds.add("LLTO: spectra read", len(raw), 54, 54, "{:.0f}")
    started = time.perf_counter()
    series = fit_series(
        [(each.conditions.temperature_c or 0.0, Spectrum(each.frequency_hz, each.impedance_ohm)) for each in raw]
    )
    seconds, begun = time.perf_counter() - started, series.reference_c + ZERO_CELSIUS_K
    console.print(f"LLTO: {len(raw)} spectra followed in {seconds:.1f} s, from {begun:.0f} K")
    for number in range(1, series.arc_count + 1):
        with contextlib.suppress(ValueError):
            line = series.relaxation(number, 184 - ZERO_CELSIUS_K, 541 - ZERO_CELSIUS_K)
            energy = f"{line.energy_ev:.3f} ± {line.standard_error_ev:.3f} eV"
            console.print(f"  arc {number}: {line.count} temperatures of 185 … 540 K, Ea of τ {energy}")
    bulk = series.relaxation(main_relaxation(series), 184 - ZERO_CELSIUS_K, 541 - ZERO_CELSIUS_K)
    thresholds.add("LLTO: Ea of the bulk's τ (eV), 185–540 K", bulk.energy_ev, 0.27, 0.32)
    thresholds.add("LLTO: temperatures of that line", bulk.count, 20, 30, "{:.0f}")
    gone = [
        f"{member.temperature_c + ZERO_CELSIUS_K:.0f} K: {word}" for member in series.members for word in member.left
    ]
    console.print(f"  arcs said to be out of the window: {len(gone)} times, such as {'; '.join(gone[:4])}")


def main_relaxation(series: Any) -> int:
    """The arc that is the larger of the two fastest at the reference: what a peak of −Z'' shows."""
    member = next(each for each in series.members if each.temperature_c == series.reference_c)
    fastest = list(zip(member.arc_numbers, member.fit.arcs, strict=True))[:2]
    return int(max(fastest, key=lambda pair: pair[1].resistance_ohm.value)[0])


def check_simulated(truths: list[Truth], thresholds: Thresholds, console: Console) -> None:
    """Coverage, number of arcs, doubts; with seconds for a spectrum."""
    started = time.process_time()
    score = score_simulated(truths)
    seconds = (time.process_time() - started) / len(truths)
    console.print(f"{len(truths)} simulated spectra (seed {SEED}): {seconds:.3f} s each, circuit chosen")
    for name, meaning in (("R", "resistance"), ("n", "exponent"), ("C", "capacitance"), ("Q", "CPE coefficient")):
        thresholds.add(f"simulated: {meaning} inside its 95 % interval", score.share(f"{name} inside", name), *COVERED)
    thresholds.add("simulated: right number of arcs", score.share("right number", "identifiable"), RIGHT_NUMBER, 1)
    thresholds.add(
        "simulated: unidentifiable doubted", score.share("unidentifiable doubted", "unidentifiable"), DOUBTED, 1
    )
    thresholds.add("simulated: identifiable doubted", score.share("identifiable doubted", "identifiable"), 0, NEEDLESS)
    near = score.share("near", "identifiable")
    console.print(f"  identifiable {score.counts['identifiable']}, all R within {NEAR:.0%}: {near:.3f}")
    console.print("  " + "; ".join(score.misses))


def check_other_models(count: int, thresholds: Thresholds, console: Console) -> None:
    """Spectra made by other models than the fitted one: doubted, or right within 15 %."""
    generator = np.random.default_rng(SEED)
    found = score_other_models([simulate_other(generator, model) for _ in range(count) for model in OTHER_MODELS])
    table = Table("made by", "spectra", "doubted", "right", "doubted or right", title="Other models")
    for model, counts in found.items():
        table.add_row(model, *(str(counts[name]) for name in ("all", "doubted", "right", "doubted or right")))
    console.print(table)
    total = sum(found.values(), Counter())
    thresholds.add("other models: doubted or right", total["doubted or right"] / total["all"], OTHER_RIGHT, 1)


def check_mutated(count: int, thresholds: Thresholds, console: Console) -> None:
    """Damaged files: refused in words or read rightly; and what impedance.py makes of those in its formats."""
    counts: Counter[str] = Counter()
    generator, forms = np.random.default_rng(SEED), list(WRITERS)
    with tempfile.TemporaryDirectory() as folder:
        for k in range(count):
            form = forms[k % len(forms)]
            mutated = mutate(generator, form)
            path = Path(folder) / f"file{SUFFIXES[form]}"
            path.write_bytes(mutated.content)
            counts[_judge(partial(_read_ours, path), mutated)] += 1
            if (reader := _reader_of(form)) is not None:
                counts[f"impedance.py {_judge(partial(_quiet, reader, str(path)), mutated)}"] += 1
    console.print(f"{count} damaged files: {dict(sorted(counts.items()))}")
    thresholds.add("damaged files: refused or right", (counts["refused"] + counts["right"]) / count, 1, 1)


def _read_ours(path: Path) -> tuple[Any, Any]:
    spectra = read_spectra(path)
    return np.concatenate([each.frequency_hz for each in spectra]), np.concatenate(
        [each.impedance_ohm for each in spectra]
    )


def _judge(read: Callable[[], tuple[Any, Any]], mutated: Any) -> str:
    try:
        found = read()
    except SseDbError:
        return "refused"
    except Exception as error:  # noqa: BLE001  # whatever a reader raises at a damaged file is counted
        return f"raised {type(error).__name__}"
    if mutated.expected is None:
        return "read, should be refused"
    truths = [points(count) for count in range(14, 31)] if mutated.expected == "prefix" else [None]
    return "right" if any(is_right(found, mutated, truth) for truth in truths) else "read wrongly"


def _reader_of(form: str) -> Callable[[str], tuple[Any, Any]] | None:
    try:
        from impedance import preprocessing  # type: ignore[import-not-found]
    except ImportError:
        return None
    names = {
        "mpt": "readBioLogic", "gamry": "readGamry", "zplot": "readZPlot", "autolab": "readAutolab",
        "chi": "readCHInstruments", "parstat": "readParstat", "csv": "readCSV", "bare": "readCSV",
    }  # fmt: skip
    return getattr(preprocessing, names[form]) if form in names else None


def _quiet(function: Callable[..., Any], *arguments: Any) -> Any:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return function(*arguments)


@contextlib.contextmanager
def patience(seconds: int) -> Iterator[None]:
    """End what takes longer with TimeoutError."""

    def stop(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check_published(data: Path, thresholds: Thresholds, console: Console) -> None:
    """Published spectra, those that are there."""
    examples, book = data / "eis-oxide-examples", data / "eis-llto-ceramis" / "llto_145_1060K.xlsx"
    for place in (each for each in (examples, book) if not each.exists()):
        console.print(f"not there, passed over: {place}")
    if examples.exists():
        check_answers(examples, thresholds)
    if book.exists():
        check_broad_band(book, thresholds, console)


Fitted = list[tuple[float, float]]  # resistance in ohm and its standard error, fast arcs first


def fit_ours(truth: Truth) -> Fitted:
    """The true circuit, no start values."""
    circuit = Circuit(len(truth.arcs), "cpe" if truth.has_tail else "none")
    fit = finish_fit(fit_circuit(Spectrum(truth.frequency_hz, truth.impedance_ohm), circuit))
    return [(arc.resistance_ohm.value, arc.resistance_ohm.standard_error) for arc in fit.arcs]


def fit_impedance_py(truth: Truth) -> Fitted:
    """impedance.py with the true circuit, started at what a person reads off, weighted by modulus."""
    from impedance.models.circuits import CustomCircuit  # type: ignore[import-not-found]

    count = len(truth.arcs)
    code = "-".join([f"p(R{k},CPE{k})" for k in range(1, count + 1)] + ["CPE9"] * truth.has_tail)
    circuit = CustomCircuit(code, initial_guess=guess(truth).tolist())
    _quiet(lambda: circuit.fit(truth.frequency_hz, truth.impedance_ohm, weight_by_modulus=True))
    values, errors = circuit.parameters_, circuit.conf_
    rows = [
        (values[3 * k], errors[3 * k], (values[3 * k] * values[3 * k + 1]) ** (1 / values[3 * k + 2]))
        for k in range(count)
    ]
    return [(value, error) for value, error, _ in sorted(rows, key=lambda row: row[2])]


def fit_pyimpspec(truth: Truth, method: str = "leastsq", weight: str = "modulus", *, is_guided: bool = False) -> Fitted:
    """pyimpspec with the true circuit, its default start values or those read off, and one method and weight, or all
    of them (auto)."""
    import pyimpspec  # type: ignore[import-not-found]

    count = len(truth.arcs)
    circuit = pyimpspec.parse_cdc("".join(["(RQ)"] * count + ["Q"] * truth.has_tail))
    if is_guided:
        values = guess(truth)
        elements = circuit.get_elements()
        for k in range(count):
            elements[2 * k].set_values(R=values[3 * k])
            elements[2 * k + 1].set_values(Y=values[3 * k + 1], n=values[3 * k + 2])
        if truth.has_tail:
            elements[-1].set_values(Y=values[-2], n=values[-1])
    data = pyimpspec.DataSet(truth.frequency_hz, truth.impedance_ohm)
    result = _quiet(lambda: pyimpspec.fit_circuit(circuit, data, method=method, weight=weight, num_procs=1))
    rows: list[tuple[float, float, float]] = []
    for element in result.circuit.get_elements()[: 2 * count : 2]:
        name = result.circuit.get_element_name(element)
        parameter = result.parameters[name]["R"]
        other = result.circuit.get_elements()[2 * len(rows) + 1]
        q = other.get_values()
        rows.append((parameter.value, parameter.stderr or float("nan"), (parameter.value * q["Y"]) ** (1 / q["n"])))
    return [(value, error) for value, error, _ in sorted(rows, key=lambda row: row[2])]


def compare_programs(truths: list[Truth], console: Console, automatic: int) -> None:
    """The same spectra, the true circuit given to all; a fit that ends in an error or takes too long counts as a
    miss."""
    readable = [truth for truth in truths if truth.is_identifiable]
    programs: list[tuple[str, Callable[[Truth], Fitted], list[Truth]]] = [
        ("sse-db, no start values", fit_ours, readable)
    ]
    if _is_installed("impedance"):
        programs.append(("impedance.py, read-off start values, modulus", fit_impedance_py, readable))
    if _is_installed("pyimpspec"):
        programs.append(("pyimpspec, default start, leastsq, modulus", fit_pyimpspec, readable))
        guided = partial(fit_pyimpspec, is_guided=True)
        programs.append(("pyimpspec, read-off start values, leastsq, modulus", guided, readable))
        automatically = partial(fit_pyimpspec, method="auto", weight="auto")
        programs.append(("pyimpspec, method and weight auto", automatically, readable[:automatic]))
    headers = ("program", "spectra", f"all R within {NEAR:.0%}", "R inside 95 %", "failed", "s median")
    table = Table(*headers, title="True circuit given")
    for name, fit, subset in programs:
        table.add_row(name, str(len(subset)), *_run(fit, subset))
    console.print(table)


def _run(fit: Callable[[Truth], Fitted], truths: list[Truth]) -> list[str]:
    near, failed, seconds = 0, 0, []
    inside: list[bool] = []
    for truth in truths:
        started = time.process_time()
        try:
            with patience(PATIENCE_S):
                found = fit(truth)
        except Exception:  # noqa: BLE001  # whatever another program raises is a miss of its
            failed, found = failed + 1, []
        seconds.append(time.process_time() - started)
        true = [r for r, _, _ in truth.arcs]
        pairs = list(zip(found, true, strict=True)) if found else []
        near += bool(pairs) and all(abs(value / t - 1) < NEAR for (value, _), t in pairs)
        inside += [abs(value - t) < 1.96 * error for (value, error), t in pairs] or [False] * len(true)
    share = f"{near / len(truths):.2f}" if truths else "–"
    return [
        share,
        f"{np.mean(inside):.2f}" if inside else "–",
        str(failed),
        f"{np.median(seconds):.3f}" if seconds else "–",
    ]


def _is_installed(name: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(name) is not None


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description="Fits of impedance spectra against what is known.")
    parser.add_argument("--small", action="store_true", help="few spectra, to see that it runs; no threshold is judged")
    parser.add_argument("--spectra", type=int, default=500, help="number of simulated spectra")
    parser.add_argument("--others", type=int, default=100, help="of these, how many other programs fit too")
    parser.add_argument("--automatic", type=int, default=6, help="how many of these pyimpspec fits with method auto")
    parser.add_argument("--data", type=Path, default=None, help="folder with eis-oxide-examples and eis-llto-ceramis")
    options = parser.parse_args()
    count, others = (20, 10) if options.small else (options.spectra, options.others)
    data = options.data or Path(os.environ.get("SSE_DB_SHARED_DATA", Path(__file__).parents[1] / "../shared/data"))
    console, thresholds = Console(width=150), Thresholds()
    if not options.small:
        check_published(data, thresholds, console)
    truths = simulate_spectra(count)
    check_simulated(truths, thresholds, console)
    check_other_models(2 if options.small else 30, thresholds, console)
    check_mutated(50 if options.small else MUTATED, thresholds, console)
    compare_programs(truths[:others], console, 0 if options.small else options.automatic)
    if not thresholds.show(console) and not options.small:
        sys.exit(1)


if __name__ == "__main__":
    main()
