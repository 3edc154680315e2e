"""A model of conductivity at any temperature, in two stages: activation energies first, then values brought to 25 °C.

σT = A·exp(−Ea/kT). Series of two or more temperatures give activation energies, from which one model learns; with
them, or with the series' own, each measurement is brought to 25 °C, where a second model learns. So a sample measured
at 100 °C alone helps at 25 °C, and a prediction follows Arrhenius at every temperature.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, RegressorMixin

from analysis.data.all_temperatures import CONTRIBUTIONS, OUTPUT, Measurements, is_near_room, take_nearest
from analysis.data.arrhenius_lines import BOLTZMANN_EV_PER_K
from analysis.data.targets import DESCRIPTOR_NAMES
from analysis.models.candidates import CANDIDATES
from sse_db.errors import NothingToLearnFrom
from sse_db.temperatures import ROOM_TEMPERATURE_C, ZERO_CELSIUS_K

FEWEST_SERIES = 8
"""Series that are wanted before anything is said of activation energies."""
ENERGY_RANGE_EV = (0.0, 2.0)
SERIES = ["sample_id", "contribution"]
ROOM_K = ROOM_TEMPERATURE_C + ZERO_CELSIUS_K


def find_energies(rows: pd.DataFrame) -> pd.Series:
    """Activation energies (eV, form σT) of the series with two or more temperatures, by sample and contribution: least
    squares as in ``fit_series``, of all series at once."""
    kelvin = rows["temperature_c"].to_numpy(float) + ZERO_CELSIUS_K
    lines = rows[SERIES].assign(x=1 / kelvin, y=np.log(10) * rows[OUTPUT].to_numpy(float) + np.log(kelvin))
    series = lines.groupby(SERIES, sort=True)
    x, y = (lines[name] - series[name].transform("mean") for name in ("x", "y"))
    sums = lines.assign(xy=x * y, xx=x * x).groupby(SERIES, sort=True)[["xy", "xx"]].sum()
    several = sums[series["x"].nunique() > 1]
    return (-BOLTZMANN_EV_PER_K * several["xy"] / several["xx"]).clip(*ENERGY_RANGE_EV)


def shift(temperature_c: np.ndarray, energy_ev: np.ndarray) -> np.ndarray:
    """log10 σ at a temperature minus that at 25 °C, along σT = A·exp(−Ea/kT).

    >>> shift(np.array([25.0, 125.0]), np.array([0.3, 0.3])).round(3).tolist()
    [0.0, 1.148]
    """
    kelvin = np.asarray(temperature_c, dtype=float) + ZERO_CELSIUS_K
    steps = np.asarray(energy_ev, dtype=float) / (BOLTZMANN_EV_PER_K * np.log(10)) * (1 / ROOM_K - 1 / kelvin)
    return np.asarray(steps + np.log10(ROOM_K / kelvin))


@dataclass
class TwoStage:
    """Boosted trees for activation energies and for log10 σ at 25 °C, on descriptors and the kind of contribution."""

    energies: BaseEstimator = field(init=False)
    values: BaseEstimator = field(init=False)

    def fit(self, rows: pd.DataFrame) -> TwoStage:
        """Learn from measurements (``read_all_temperatures``); raises NothingToLearnFrom for too few series."""
        known = find_energies(rows)
        if len(known) < FEWEST_SERIES:
            raise NothingToLearnFrom(
                f"{len(known)} temperature series of two or more points, {FEWEST_SERIES} are wanted to learn from",
                "import papers with conductivities at several temperatures",
            )
        firsts = rows.drop_duplicates(SERIES).set_index(SERIES)
        self.energies = _boost(_inputs(firsts.loc[known.index].reset_index()), known.to_numpy())
        nearest = take_nearest(rows, SERIES)
        own = known.reindex(pd.MultiIndex.from_frame(nearest[SERIES])).to_numpy()
        energy = np.where(np.isnan(own), self.predict_energy(nearest), own)
        at_25 = nearest[OUTPUT].to_numpy() - shift(nearest["temperature_c"].to_numpy(), energy)
        self.values = _boost(_inputs(nearest), at_25)
        return self

    def predict_energy(self, rows: pd.DataFrame) -> np.ndarray:
        """Activation energies (eV) of rows."""
        return np.clip(np.asarray(self.energies.predict(_inputs(rows)), dtype=float), *ENERGY_RANGE_EV)

    def predict(self, rows: pd.DataFrame) -> np.ndarray:
        """log10 σ (S/cm) of rows at their temperatures."""
        at_25 = np.asarray(self.values.predict(_inputs(rows)), dtype=float)
        return at_25 + shift(rows["temperature_c"].to_numpy(), self.predict_energy(rows))


def _inputs(rows: pd.DataFrame) -> np.ndarray:
    kinds = [rows["contribution"].eq(kind).to_numpy(float) for kind in CONTRIBUTIONS]
    return np.column_stack([rows[DESCRIPTOR_NAMES].to_numpy(float), *kinds])


def _boost(X: np.ndarray, y: np.ndarray) -> BaseEstimator:
    candidate = CANDIDATES["xgboost"]
    return candidate.build().set_params(**candidate.fixed).fit(X, y)


class AllTemperatures(RegressorMixin, BaseEstimator):
    """The two-stage model as a candidate: it learns from the rows of a target as the others do, and from measurements
    at other temperatures beside them; it predicts at 25 °C, or where it is asked."""

    def fit(self, X: pd.DataFrame, y: np.ndarray, measurements: Measurements) -> AllTemperatures:
        """Learn from rows at 25 °C (indexed by sample, log10 σ) and from measurements at any temperature.

        A value at room temperature is that of the rows, also where it was derived from other contributions.
        """
        self.contribution_ = measurements.contribution
        rows = measurements.rows
        twice = rows["sample_id"].isin(X.index) & rows["contribution"].eq(self.contribution_) & is_near_room(rows)
        near = self._ask(X, ROOM_TEMPERATURE_C).assign(sample_id=X.index, measurement_id=-1, **{OUTPUT: y})
        model = TwoStage().fit(pd.concat([near, rows.loc[~twice, near.columns]], ignore_index=True))
        self.energies_, self.values_ = model.energies, model.values
        return self

    def predict(self, X: pd.DataFrame, temperature_c: float | np.ndarray = ROOM_TEMPERATURE_C) -> np.ndarray:
        """log10 σ (S/cm) of rows, at 25 °C unless other temperatures (°C) are given."""
        model = TwoStage()
        model.energies, model.values = self.energies_, self.values_
        return model.predict(self._ask(X, temperature_c))

    def _ask(self, X: pd.DataFrame, temperature_c: float | np.ndarray) -> pd.DataFrame:
        known = X.reindex(columns=DESCRIPTOR_NAMES).astype(float)
        return known.assign(contribution=self.contribution_, temperature_c=temperature_c)
