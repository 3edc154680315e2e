"""The candidates: name to a scikit-learn pipeline and the grid that the inner folds choose from.

The command line offers these names, so that a new entry can be trained at once. Libraries are imported where a model is
built: listing the names costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sklearn.base import BaseEstimator
    from sklearn.pipeline import Pipeline

    from analysis.models.grid_errors import GridErrors

GridSize = Literal["small", "wide"]
SEED = 0
FARTHEST = 5.0
"""Standard deviations beyond which a value counts no more: a column with few known values has a tiny deviation, and a
linear model would follow the next value to absurd predictions (docs/decisions/0004)."""


class LogSpaced(Sequence[float]):
    """So many numbers from 10^first to 10^last, evenly spaced in their logarithm; computed when one is asked for."""

    def __init__(self, first: float, last: float, number: int) -> None:
        self._arguments = (first, last, number)

    @cached_property
    def _values(self) -> list[float]:
        import numpy as np

        return list(np.logspace(*self._arguments))

    def __len__(self) -> int:
        return self._arguments[2]

    def __getitem__(self, place: Any) -> Any:
        return self._values[place]


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a model was brought in: its name, the function that makes it, the SHA-256 of its content, and the
    name of the module that it was loaded as."""

    file: str
    function: str
    sha256: str
    module: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model: how it is built, the values that each size of grid tries, and how these share work if they do."""

    name: str
    label: str
    build: Callable[[], BaseEstimator]
    grids: Mapping[GridSize, Mapping[str, Sequence[Any]]]
    make_grid_errors: Callable[[], GridErrors] | None = None
    of_composition: bool = False
    """Whether it learns from the statistics of the composition beside the descriptors."""
    of_profiles: bool = False
    """Whether it learns from the element profiles of the composition too."""
    takes_frame: bool = False
    """Whether it is given frames with named columns, and groups."""
    of_measurements: bool = False
    """Whether it learns from measurements at all temperatures too."""
    brought: bool = False
    """Whether it is somebody's own estimator: it is given columns of text too, and its mistakes end in one sentence."""
    source: Source | None = None
    """Where it was read from, for a model in a file of somebody's own."""

    @property
    def grid_errors(self) -> GridErrors | None:
        """How the points of a grid share work; None where each is fitted by itself."""
        return self.make_grid_errors() if self.make_grid_errors else None

    @property
    def fixed(self) -> dict[str, Any]:
        """The middle of the small grid, whose parameters have odd numbers of values: parameters for protocols that
        choose nothing, set before any score is seen."""
        return {name: values[len(values) // 2] for name, values in self.grids["small"].items()}


def scaled(model: BaseEstimator) -> Pipeline:
    """Median imputation and scaling, fitted where the model is fitted; an empty column stays, as a constant."""
    import numpy as np
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import FunctionTransformer, StandardScaler

    return Pipeline(
        [
            ("impute", SimpleImputer(strategy="median", keep_empty_features=True)),
            ("scale", StandardScaler()),
            ("clip", FunctionTransformer(np.clip, kw_args={"a_min": -FARTHEST, "a_max": FARTHEST})),
            ("model", model),
        ]
    )


def _build_xgboost() -> BaseEstimator:
    from xgboost import XGBRegressor

    # missing values go down the branch that fits better: nothing is imputed
    return XGBRegressor(n_estimators=150, tree_method="hist", n_jobs=1, random_state=SEED, verbosity=0)


def _build_svr(**options: Any) -> BaseEstimator:
    from sklearn.svm import SVR

    return scaled(SVR(**options))


def _build_lasso() -> BaseEstimator:
    from sklearn.linear_model import Lasso

    # a tight tolerance, so that a penalty alone and as a point of a path have the same solution
    return scaled(Lasso(max_iter=20_000, tol=1e-8))


def _build_median() -> BaseEstimator:
    from sklearn.dummy import DummyRegressor

    return DummyRegressor(strategy="median")


def _build_nearest() -> BaseEstimator:
    from sklearn.neighbors import KNeighborsRegressor

    return scaled(KNeighborsRegressor(n_neighbors=1))


def _grid_errors(name: str) -> GridErrors:
    from analysis.models import grid_errors

    found: GridErrors = getattr(grid_errors, name)()
    return found


CANDIDATES = {
    candidate.name: candidate
    for candidate in (
        Candidate(
            "xgboost",
            "XGBoost",
            _build_xgboost,
            {
                "small": {
                    "max_depth": [1, 2, 4],
                    "learning_rate": [0.1],
                    "n_estimators": [10, 25, 60, 150, 300],
                    "subsample": [0.8],
                },
                "wide": {
                    "max_depth": [1, 2, 3, 4, 6],
                    "learning_rate": [0.03, 0.1, 0.3],
                    "n_estimators": [10, 30, 100, 200, 300],
                    "subsample": [0.7, 1.0],
                },
            },
            partial(_grid_errors, "BoostedErrors"),
        ),
        Candidate(
            "svr-rbf",
            "SVM (rbf)",
            partial(_build_svr, kernel="rbf"),
            {
                "small": {
                    "model__C": [0.3, 1.0, 3.0, 10.0, 30.0],
                    "model__gamma": [0.003, 0.01, 0.03, 0.1, 0.3],
                    "model__epsilon": [0.1],
                },
                "wide": {
                    "model__C": LogSpaced(-1, 2, 10),
                    "model__gamma": LogSpaced(-3, 0, 10),
                    "model__epsilon": [0.1],
                },
            },
            partial(_grid_errors, "KernelErrors"),
        ),
        Candidate(
            "svr-linear",
            "SVM (linear)",
            partial(_build_svr, kernel="linear", max_iter=200_000),
            {
                "small": {"model__C": [0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0]},
                "wide": {"model__C": LogSpaced(-3, 0, 10)},
            },
            partial(_grid_errors, "KernelErrors"),
        ),
        Candidate(
            "lasso",
            "Lasso",
            _build_lasso,
            {
                "small": {"model__alpha": LogSpaced(-3, 0.5, 15)},
                "wide": {"model__alpha": LogSpaced(-3, 0.5, 50)},
            },
            partial(_grid_errors, "LassoPathErrors"),
        ),
    )
}

MEDIAN, NEAREST = "median", "nearest-neighbour"
BASELINES: dict[str, tuple[str, Callable[[], BaseEstimator]]] = {
    MEDIAN: ("Median", _build_median),
    NEAREST: ("1-NN", _build_nearest),
}
"""What a model has to beat: nothing is chosen, so there is no inner loop."""
