"""Which arc is which: bulk, grain boundary or electrode, by effective capacitance per length, said in words.

Ranges after Irvine, Sinclair and West, Adv. Mater. 2, 132 (1990): bulk about 1e-12 F/cm, grain boundary 1e-11 to 1e-8
F/cm, surface layers and electrodes above.
"""

from dataclasses import dataclass
from typing import Literal

from analysis.spectra.conversion import Geometry
from analysis.spectra.fitting import CircuitFit

Part = Literal["bulk", "grain_boundary", "electrode", "total", "unassigned"]
USUAL_BULK, USUAL_BOUNDARY, USUAL_ELECTRODE = 8e-12, 1.2e-11, 1e-8
HIGHEST_BULK, SURE_ELECTRODE = 5e-11, 1e-7
PELLET_PER_CM = 0.2
"""Cell constant of a usual pellet (1–2 mm, 8–13 mm), taken for the ranges alone where nobody states the geometry."""


@dataclass(frozen=True)
class Assignment:
    """What an arc is, why, and what is doubtful about it (empty if nothing)."""

    part: Part
    capacitance_f_per_cm: float
    reason: str
    doubt: str = ""


def assign_arcs(fit: CircuitFit, geometry: Geometry | None) -> tuple[Assignment, ...]:
    """One assignment per arc, from high to low frequency; at most one is bulk."""
    constant = geometry.cell_constant_per_cm if geometry else PELLET_PER_CM
    found: list[Assignment] = []
    for arc in fit.arcs:
        earlier = [each.part for each in found]
        found.append(_assign(arc.capacitance_f.value * constant, earlier, geometry is not None))
    return tuple(found)


def _assign(capacitance: float, earlier: list[Part], is_measured: bool) -> Assignment:
    size = f"{capacitance:.1e} F/cm" + ("" if is_measured else " for a usual pellet, the geometry is not stated")
    if capacitance >= USUAL_ELECTRODE:
        doubt = (
            "" if capacitance >= SURE_ELECTRODE else "a thick grain boundary or a surface layer could be this large too"
        )
        return Assignment("electrode", capacitance, f"{size}: electrode or surface layer", doubt)
    if not earlier:
        if capacitance <= HIGHEST_BULK:
            doubt = "" if capacitance <= USUAL_BULK else "large for bulk: may be a grain boundary, or both in one arc"
            return Assignment("bulk", capacitance, f"{size}, the fastest process: bulk", doubt)
        return Assignment(
            "grain_boundary",
            capacitance,
            f"{size}, too large for bulk: grain boundary",
            "the bulk is not in the window",
        )
    if "grain_boundary" in earlier:
        return Assignment(
            "unassigned",
            capacitance,
            f"{size}: a further process between grain boundary and electrode",
            "a second kind of boundary, a second phase or a surface layer",
        )
    doubt = (
        ""
        if capacitance >= USUAL_BOUNDARY
        else "small for a grain boundary: the ranges of bulk and grain boundary overlap here"
    )
    return Assignment("grain_boundary", capacitance, f"{size}, slower than bulk: grain boundary", doubt)
