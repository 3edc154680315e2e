"""Starting values without a person: a sparse distribution of relaxation times.

For time constants on a grid and a fixed depression the circuit is linear in its resistances. All combinations of one,
two or three grid times are solved at once; the best ones, each well apart from the others, are what the search starts
from.
"""

from itertools import combinations

import numpy as np

from analysis.spectra.circuits import Circuit, Complexes, Floats, Window

GRID_PER_DECADE = {0: 1.0, 1: 3.0, 2: 2.5, 3: 1.5}
DEPRESSIONS = (0.95, 0.8)
TAIL_EXPONENTS = (0.55, 0.9)


def find_starts(circuit: Circuit, window: Window, impedance: Complexes, wanted: int = 10) -> Floats:
    """Up to `wanted` vectors of starting values, best first."""
    found: list[tuple[float, Floats]] = []
    for depression in DEPRESSIONS:
        found += _starts_at(circuit, window, impedance, depression)
    found.sort(key=lambda pair: pair[0])
    chosen: list[Floats] = []
    for _, vector in found:
        if all(np.max(np.abs(vector - other)) > 0.1 for other in chosen):
            chosen.append(vector)
        if len(chosen) == wanted:
            break
    return np.array(chosen)


def _starts_at(circuit: Circuit, window: Window, impedance: Complexes, depression: float) -> list[tuple[float, Floats]]:
    low, high = float(window.ln_omega.min()), float(window.ln_omega.max())
    margin = 0.5 * np.log(10)
    count = max(4, round((high - low + 2 * margin) / np.log(10) * GRID_PER_DECADE[circuit.arcs]))
    grid = np.linspace(-high - margin, -low + margin, count)
    basis = 1 / (1 + np.exp(depression * (window.ln_omega[None, :] + grid[:, None] + 0.5j * np.pi)))
    picked = list(combinations(range(count), circuit.arcs))
    tuples = np.array(picked, dtype=int).reshape(len(picked), circuit.arcs)
    found: list[tuple[float, Floats]] = []
    for exponent in TAIL_EXPONENTS if circuit.tail == "cpe" else (0.5,):
        fixed = _fixed_columns(circuit, window, exponent)
        sizes, costs = _solve_all(basis[tuples], fixed, impedance)
        for k in np.argsort(costs, kind="stable")[:6]:
            found.append((float(costs[k]), _vector(circuit, window, sizes[k], grid[tuples[k]], depression, exponent)))
    return found


def _fixed_columns(circuit: Circuit, window: Window, exponent: float) -> Complexes:
    """The parts that every combination has: electrode, series resistance, inductance."""
    columns = []
    if circuit.tail != "none":
        columns.append(np.exp(-exponent * (window.ln_omega - window.tail_reference + 0.5j * np.pi)))
    if circuit.has_series:
        columns.append(np.full(len(window.ln_omega), window.scale_ohm + 0j))
    if circuit.has_inductance:
        columns.append(1j * np.exp(window.ln_omega - window.ln_omega.max()) * window.scale_ohm)
    return np.array(columns, dtype=complex).reshape(len(columns), len(window.ln_omega))


def _solve_all(arcs: Complexes, fixed: Complexes, impedance: Complexes) -> tuple[Floats, Floats]:
    """Sizes (combinations × columns) that fit best, negative ones cut to nearly nothing, and the cost of each
    combination."""
    weight = 1 / np.abs(impedance)
    columns = np.concatenate([arcs, np.broadcast_to(fixed, (len(arcs), *fixed.shape))], axis=1) * weight
    rows = np.concatenate([columns.real, columns.imag], axis=2)
    norms = np.sqrt(np.einsum("cki,cki->ck", rows, rows))
    rows = rows / norms[:, :, None]
    target = np.concatenate([(impedance * weight).real, (impedance * weight).imag])
    matrix = np.matmul(rows, np.swapaxes(rows, 1, 2))
    right = rows @ target
    sizes = np.linalg.solve(matrix + 1e-9 * np.eye(matrix.shape[1]), right[:, :, None])[:, :, 0]
    for _ in range(2):  # what came out negative leaves, the rest is solved again
        keep = (sizes > 0).astype(float)
        cut = matrix * keep[:, :, None] * keep[:, None, :] + (1 - keep)[:, :, None] * np.eye(matrix.shape[1])
        sizes = np.linalg.solve(cut + 1e-9 * np.eye(matrix.shape[1]), (right * keep)[:, :, None])[:, :, 0]
    sizes = np.maximum(sizes, 0)
    left = target - np.einsum("ck,cki->ci", sizes, rows)
    costs = np.einsum("ci,ci->c", left, left)
    return np.maximum(sizes / norms, 1e-6 * np.abs(sizes / norms).max(axis=1, keepdims=True)), costs


def _vector(
    circuit: Circuit, window: Window, sizes: Floats, ln_taus: Floats, depression: float, exponent: float
) -> Floats:
    vector: list[float] = []
    for k in np.argsort(ln_taus):
        vector += [float(np.log(max(sizes[k], 1e-5 * window.scale_ohm))), float(ln_taus[k]), depression]
    at = circuit.arcs
    if circuit.tail != "none":
        vector.append(float(np.log(max(sizes[at], 1e-9 * window.scale_ohm))))
        at += 1
    if circuit.tail == "cpe":
        vector.append(exponent)
    if circuit.has_series:
        vector.append(float(sizes[at]))
        at += 1
    if circuit.has_inductance:
        vector.append(float(np.log(max(sizes[at], 1e-9) * window.scale_ohm) - window.ln_omega.max()))
    return np.array(vector)
