"""From resistances and capacitances to conductivities of the pellet, with uncertainties, and over temperature to
activation energies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.spectra.circuits import Floats
from analysis.spectra.fitting import Estimate
from sse_db.temperatures import ZERO_CELSIUS_K

BOLTZMANN_EV_PER_K = 8.617333262e-5


@dataclass(frozen=True)
class Geometry:
    """The measured pellet: lengths in mm, grain size in µm; relative uncertainty of the ratio thickness over area."""

    thickness_mm: float
    diameter_mm: float
    grain_size_um: float | None = None
    relative_uncertainty: float = 0.0

    @property
    def area_cm2(self) -> float:
        """Area of the electrodes, those of the whole face."""
        return float(np.pi / 4 * (self.diameter_mm / 10) ** 2)

    @property
    def cell_constant_per_cm(self) -> float:
        """Thickness over area in 1/cm: σ = cell constant / R, and capacitance per length c = C · cell constant."""
        return self.thickness_mm / 10 / self.area_cm2


def to_conductivity(resistance: Estimate, geometry: Geometry) -> Estimate:
    """σ in S/cm of the pellet from a resistance in ohm; errors of resistance and geometry are independent."""
    factor = geometry.cell_constant_per_cm
    value = factor / resistance.value
    error = value * float(np.hypot(resistance.relative_error, geometry.relative_uncertainty))
    low = _widened(value, factor / resistance.high, geometry)
    high = _widened(value, factor / max(resistance.low, 1e-300), geometry)
    return Estimate(value, error, low, high, resistance.is_profiled)


def _widened(value: float, end: float, geometry: Geometry) -> float:
    """An end of an interval, widened in the logarithm by 1.96 standard uncertainties of the geometry."""
    distance = float(np.log(end / value))
    return value * float(np.exp(np.sign(distance) * np.hypot(distance, 1.96 * geometry.relative_uncertainty)))


def grain_boundary_per_area(boundary: Estimate, geometry: Geometry) -> Estimate:
    """h_gb = σ_gb / D in S/cm², D the grain size (Eq. 11 of the method paper). Raises ValueError without a grain
    size."""
    if geometry.grain_size_um is None:
        raise ValueError("h_gb needs the grain size")
    per_cm = 1 / (geometry.grain_size_um * 1e-4)
    return _scaled(boundary, per_cm)


def brick_layer_estimate(boundary: Estimate, bulk_capacitance: Estimate, boundary_capacitance: Estimate) -> Estimate:
    """Specific conductivity of the grain boundary in S/cm: σ_gb · C_bulk / C_gb.

    An estimate: the brick-layer model takes one permittivity for bulk and boundary, so that C_bulk/C_gb is the ratio
    of the thickness of a boundary to the size of a grain (Haile, West, Campbell, J. Mater. Res. 13, 1576 (1998)).
    """
    value = boundary.value * bulk_capacitance.value / boundary_capacitance.value
    parts = (boundary, bulk_capacitance, boundary_capacitance)
    relative = float(np.sqrt(sum(part.relative_error**2 for part in parts)))
    half = 1.96 * relative
    return Estimate(value, value * relative, value * float(np.exp(-half)), value * float(np.exp(half)))


def _scaled(estimate: Estimate, factor: float) -> Estimate:
    return Estimate(
        estimate.value * factor,
        estimate.standard_error * factor,
        estimate.low * factor,
        estimate.high * factor,
        estimate.is_profiled,
    )


@dataclass(frozen=True)
class Arrhenius:
    """ln(σT) = ln A − Ea/kT, or ln τ = ln τ₀ + Ea/kT: energy in eV, its standard error, and the prefactor's
    logarithm."""

    energy_ev: float
    standard_error_ev: float
    ln_prefactor: float
    count: int

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval in eV."""
        return self.energy_ev - self._t * self.standard_error_ev

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval in eV."""
        return self.energy_ev + self._t * self.standard_error_ev

    @property
    def _t(self) -> float:
        return float(stats.t.ppf(0.975, max(self.count - 2, 1)))


def fit_arrhenius(temperatures_c: Sequence[float], conductivities: Sequence[float]) -> Arrhenius:
    """Activation energy of σT. Raises ValueError for fewer than three temperatures."""
    kelvin = np.asarray(temperatures_c, dtype=float) + ZERO_CELSIUS_K
    return _fit_line(kelvin, -np.log(np.asarray(conductivities) * kelvin))


def fit_time_constants(temperatures_c: Sequence[float], time_constants_s: Sequence[float]) -> Arrhenius:
    """Activation energy of a relaxation time. Raises ValueError for fewer than three temperatures."""
    return _fit_line(np.asarray(temperatures_c, dtype=float) + ZERO_CELSIUS_K, np.log(np.asarray(time_constants_s)))


def _fit_line(kelvin: Floats, logarithm: Floats) -> Arrhenius:
    if len(set(kelvin.tolist())) < 3:
        raise ValueError("an activation energy needs three temperatures")
    line = stats.linregress(1 / (BOLTZMANN_EV_PER_K * kelvin), logarithm)
    return Arrhenius(float(line.slope), float(line.stderr), float(-line.intercept), len(kelvin))
