"""Spectra of one body over temperature: the same arcs followed from one temperature to the next.

The search begins at the temperature whose arcs are told apart best and hands its parameters on in both directions,
extrapolated in 1/T. An arc whose peak leaves the window is said to have left and is taken out of the circuit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.spectra.assessment import assess_fit
from analysis.spectra.choice import choose_circuit
from analysis.spectra.circuits import Circuit, Floats
from analysis.spectra.conversion import BOLTZMANN_EV_PER_K, Arrhenius, fit_time_constants
from analysis.spectra.fitting import CircuitFit, Spectrum, Weighting, finish_fit, fit_circuit
from sse_db.temperatures import ZERO_CELSIUS_K

BEYOND = 0.2  # decades beyond the window at which an arc has left
SPREAD = 0.35  # logarithmic distance of the further starts around what is handed on
FAR_BETTER = 2.0  # a misfit so many times smaller makes a new circuit
FEWEST_FOLLOWED = 5  # temperatures at which an arc was seen before it is missed elsewhere
TOLD_DECADES = 6.0  # an arc expected farther outside of the window is not worth a sentence
LINKED = 0.7  # decades within which an arc chosen afresh is the one handed on


@dataclass(frozen=True)
class SeriesMember:
    """One temperature: its fit, and the number that each of its arcs has in the whole series (1 is the fastest)."""

    temperature_c: float
    fit: CircuitFit
    arc_numbers: tuple[int, ...]
    left: tuple[str, ...] = ()

    def arc_position(self, number: int) -> int | None:
        """Where among this fit's arcs an arc of the series stands; None where it has left the window."""
        return self.arc_numbers.index(number) if number in self.arc_numbers else None


@dataclass(frozen=True)
class Series:
    """All temperatures, coldest first, and where the search began."""

    members: tuple[SeriesMember, ...]
    reference_c: float
    is_tied: bool = False

    @property
    def arc_count(self) -> int:
        """Arcs that were followed."""
        return max((max(member.arc_numbers, default=0) for member in self.members), default=0)

    def relaxation(self, number: int, lowest_c: float = -ZERO_CELSIUS_K, highest_c: float = np.inf) -> Arrhenius:
        """Activation energy of an arc's time constant over a range. Raises ValueError for fewer than three
        temperatures."""
        at = [
            (m.temperature_c, m.arc_position(number), m)
            for m in self.members
            if lowest_c <= m.temperature_c <= highest_c
        ]
        kept = [(t, m.fit.arcs[k].time_constant_s.value) for t, k, m in at if k is not None]
        return fit_time_constants([t for t, _ in kept], [tau for _, tau in kept])


def fit_series(
    spectra: Sequence[tuple[float, Spectrum]],
    *,
    circuit: Circuit | None = None,
    weighting: Weighting = "modulus",
    tie_capacitances: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> Series:
    """Follow the arcs over temperature (°C). Raises ValueError for fewer than two temperatures, or two alike.

    A given circuit is kept at all temperatures, except for arcs that leave the window.
    """
    ordered = sorted(spectra, key=lambda pair: pair[0])
    if len({temperature for temperature, _ in ordered}) < max(2, len(ordered)):
        raise ValueError("a series needs at least two spectra, each of another temperature")
    alone = []
    for k, (_, spectrum) in enumerate(ordered):
        if report:
            report(k, len(ordered))
        alone.append(_fit_alone(spectrum, circuit, weighting))
    start = _find_reference(alone)
    first = alone[start].fit
    members: dict[int, SeriesMember] = {
        start: SeriesMember(ordered[start][0], first, tuple(range(1, len(first.arcs) + 1)))
    }
    tracks = len(first.arcs)
    for direction in (range(start + 1, len(ordered)), range(start - 1, -1, -1)):
        walked = [members[start]]
        for k in direction:
            rival = None if circuit else alone[k].fit
            members[k] = _continue(ordered[k], walked, weighting, rival, tracks)
            tracks = max(tracks, *members[k].arc_numbers, 0)
            walked.append(members[k])
    series = Series(tuple(members[k] for k in range(len(ordered))), ordered[start][0])
    series = replace(series, members=tuple(_tell_absent(series, member) for member in series.members))
    if tie_capacitances:
        from analysis.spectra.tied_series import tie_capacitances_of

        return tie_capacitances_of(series)
    return series


@dataclass(frozen=True)
class _Alone:
    fit: CircuitFit
    doubts: int


def _fit_alone(spectrum: Spectrum, circuit: Circuit | None, weighting: Weighting) -> _Alone:
    choice = choose_circuit(spectrum, weighting=weighting) if circuit is None else None
    fit = choice.best if choice else fit_circuit(spectrum, circuit or Circuit(1), weighting=weighting)
    fit = finish_fit(fit)
    return _Alone(fit, sum(doubt.code not in ("structure", "tail") for doubt in assess_fit(fit, None, choice)))


def _find_reference(alone: Sequence[_Alone]) -> int:
    """The middle of the longest run of temperatures with one circuit and as few doubts as there are."""
    fewest = min(each.doubts for each in alone)
    best, run = (0, 0), 0
    for k, each in enumerate(alone):
        goes_on = k and run and each.fit.circuit == alone[k - 1].fit.circuit
        run = 0 if each.doubts > fewest else run + 1 if goes_on else 1
        best = max(best, (run, k - run // 2))
    return best[1]


def _continue(
    point: tuple[float, Spectrum],
    walked: Sequence[SeriesMember],
    weighting: Weighting,
    rival: CircuitFit | None,
    tracks: int,
) -> SeriesMember:
    """The next temperature: what is handed on, unless a circuit chosen afresh follows the points far better."""
    temperature, spectrum = point
    last = walked[-1]
    expected = _extrapolate(temperature, walked)
    circuit, numbers, vector, left = _take_out(expected, last, spectrum)
    starts = np.array([vector, *_around(circuit, vector)])
    if circuit == last.fit.circuit:
        starts = np.concatenate([starts, (last.fit.parameters * _rescale(last.fit, spectrum))[None, :]])
    fit = finish_fit(fit_circuit(spectrum, circuit, weighting=weighting, starts=starts))
    if rival is not None and fit.reduced_chi_squared > FAR_BETTER**2 * rival.reduced_chi_squared:
        return SeriesMember(temperature, rival, _link(rival, fit, numbers, tracks), left)
    return SeriesMember(temperature, fit, numbers, left)


def _link(rival: CircuitFit, handed: CircuitFit, numbers: tuple[int, ...], tracks: int) -> tuple[int, ...]:
    """Numbers of the arcs of a circuit that was chosen afresh: of the nearest arc handed on, else new ones."""
    expected = {number: np.log10(arc.time_constant_s.value) for number, arc in zip(numbers, handed.arcs, strict=True)}
    found = []
    for arc in rival.arcs:
        place = np.log10(arc.time_constant_s.value)
        near = min(expected, key=lambda number: abs(expected[number] - place), default=None)
        if near is not None and abs(expected[near] - place) < LINKED:
            found.append(near)
            del expected[near]
        else:
            tracks += 1
            found.append(tracks)
    return tuple(found)


def _tell_absent(series: Series, member: SeriesMember) -> SeriesMember:
    """A member with a sentence on each arc of the series that its window does not hold, by the line of its relaxation
    times at the nearest temperatures that have it."""
    said = list(member.left)
    for number in range(1, series.arc_count + 1):
        having = [each for each in series.members if number in each.arc_numbers]
        if (
            number in member.arc_numbers
            or len(having) < FEWEST_FOLLOWED
            or any(f"arc {number} " in each for each in said)
        ):
            continue
        near = sorted(having, key=lambda each: abs(each.temperature_c - member.temperature_c))[:FEWEST_FOLLOWED]
        taus = [each.fit.arcs[each.arc_numbers.index(number)].time_constant_s.value for each in near]
        line = fit_time_constants([each.temperature_c for each in near], taus)
        hot = 1 / (BOLTZMANN_EV_PER_K * (member.temperature_c + ZERO_CELSIUS_K))
        peak = 1 / (2 * np.pi * np.exp(line.energy_ev * hot - line.ln_prefactor))
        frequency = member.fit.spectrum.frequency_hz
        away = max(np.log10(frequency.min() / peak), np.log10(peak / frequency.max()))
        if 0 < away < TOLD_DECADES:
            side = "below" if peak < frequency.min() else "above"
            said.append(
                f"arc {number} of the series is not in the window: its peak is expected {side} it, at {peak:.2g} Hz"
            )
    return replace(member, left=tuple(said))


def _rescale(fit: CircuitFit, spectrum: Spectrum) -> Floats:
    """Factors that carry a vector from one spectrum to another: only the series resistance is in units of the
    spectrum."""
    factors = np.ones(len(fit.parameters))
    if fit.circuit.has_series:
        factors[fit.circuit.position("series")] = fit.spectrum.window.scale_ohm / spectrum.window.scale_ohm
    return factors


def _extrapolate(temperature: float, walked: Sequence[SeriesMember]) -> Floats:
    """The last parameters, those in logarithms carried on in 1/T where the last two fits have the same circuit."""
    last = walked[-1]
    vector = last.fit.parameters.copy()
    if len(walked) < 2 or walked[-2].fit.circuit != last.fit.circuit:
        return vector
    inverse = [
        1 / (BOLTZMANN_EV_PER_K * (each + ZERO_CELSIUS_K))
        for each in (walked[-2].temperature_c, last.temperature_c, temperature)
    ]
    share = (inverse[2] - inverse[1]) / (inverse[1] - inverse[0])
    for at, name in enumerate(last.fit.circuit.names):
        if name.startswith("ln_") and name != "ln_L":
            step = (last.fit.parameters[at] - walked[-2].fit.parameters[at]) * share
            vector[at] += float(np.clip(step, -2.5, 2.5))
    return vector


def _take_out(
    expected: Floats, last: SeriesMember, spectrum: Spectrum
) -> tuple[Circuit, tuple[int, ...], Floats, tuple[str, ...]]:
    """The circuit without arcs that have left the window; a slow one leaves a tail behind, a fast one a series
    resistance."""
    circuit, numbers, vector = last.fit.circuit, list(last.arc_numbers), expected * _rescale(last.fit, spectrum)
    low = np.log10(spectrum.frequency_hz.min()) - BEYOND
    high = np.log10(spectrum.frequency_hz.max()) + BEYOND
    left: list[str] = []
    for number in range(circuit.arcs, 0, -1):
        at = circuit.position(f"ln_tau{number}")
        peak = -vector[at] / np.log(10) - np.log10(2 * np.pi)
        if low <= peak <= high:
            continue
        name = last.arc_numbers[number - 1]
        left.append(f"arc {name} has left the window ({'below' if peak < low else 'above'})")
        size, exponent = float(vector[at - 1]), float(vector[at + 1])
        vector = np.delete(vector, [at - 1, at, at + 1])
        numbers.remove(name)
        circuit = replace(
            circuit,
            arcs=circuit.arcs - 1,
            tail=circuit.tail if circuit.tail != "none" or peak > high else "cpe",
            has_series=bool(circuit.has_series or peak > high),
        )
        vector = _refill(circuit, vector, size, exponent, spectrum)
    return circuit, tuple(numbers), vector, tuple(left)


def _refill(circuit: Circuit, vector: Floats, ln_size: float, exponent: float, spectrum: Spectrum) -> Floats:
    """Insert starting values of a tail or a series resistance that has just come into the circuit."""
    names = circuit.names
    if len(vector) == len(names):
        return vector
    values = vector.tolist()
    if circuit.tail == "cpe" and len(values) == len(names) - 2:
        values[3 * circuit.arcs : 3 * circuit.arcs] = [ln_size, exponent]
    elif circuit.has_series and len(values) == len(names) - 1:
        values.insert(circuit.position("series"), float(np.exp(ln_size)) / spectrum.window.scale_ohm)
    return np.array(values)


def _around(circuit: Circuit, vector: Floats) -> list[Floats]:
    found = []
    for sign in (-1.0, 1.0):
        moved = vector.copy()
        for at, name in enumerate(circuit.names):
            if name.startswith("ln_"):
                moved[at] += sign * SPREAD
        found.append(moved)
    return found
