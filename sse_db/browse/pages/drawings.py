"""Drawing functions injected by the command line, so that this package does not import analysis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Scatter:
    """What stands on the axes of a plot."""

    x: str
    y: str
    colour: str | None
    x_title: str
    y_title: str
    x_log: bool
    y_log: bool


@dataclass(frozen=True)
class Drawings:
    """Functions that draw SVG."""

    arrhenius: Callable[[pd.DataFrame], tuple[str, pd.DataFrame]]
    """Rows of ``measurement_points`` of one sample on Arrhenius axes, and the fit of each contribution that has one:
    activation_energy_ev with its standard error, n, lowest_c, highest_c."""
    scatter: Callable[[pd.DataFrame, Scatter], str]
    """Rows with the columns of the plan, ``page`` (where a point leads to) and ``says`` (its description)."""
    spectrum: Callable[[dict[str, Any]], str]
    """A row of ``fitted_spectra``, its JSON columns read, as a Nyquist plot with the arcs of its fit."""
