"""The candidates: name to a scikit-learn pipeline and the grid that the inner folds choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.dummy import DummyRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Lasso
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import SVR

from analysis.models.grid_errors import BoostedErrors, GridErrors, KernelErrors, LassoPathErrors

GridSize = Literal["small", "wide"]
SEED = 0
FARTHEST = 5.0
"""Standard deviations beyond which a value counts no more: a column with few known values has a tiny deviation, and a
linear model would follow the next value to absurd predictions (docs/decisions/0004)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model: how it is built, the values that each size of grid tries, and how these share work if they do."""

    name: str
    label: str
    build: Callable[[], BaseEstimator]
    grids: Mapping[GridSize, Mapping[str, list[Any]]]
    grid_errors: GridErrors | None = None

    @property
    def fixed(self) -> dict[str, Any]:
        """The middle of the small grid: parameters for protocols that choose nothing, set before any score is seen."""
        return {name: values[len(values) // 2] for name, values in self.grids["small"].items()}


def scaled(model: BaseEstimator) -> Pipeline:
    """Median imputation and scaling, fitted where the model is fitted; an empty column stays, as a constant."""
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


CANDIDATES = {
    candidate.name: candidate
    for candidate in (
        Candidate(
            "xgboost",
            "XGBoost",
            _build_xgboost,
            {
                "small": {"max_depth": [2, 4], "learning_rate": [0.1], "n_estimators": [60, 150], "subsample": [0.8]},
                "wide": {
                    "max_depth": [2, 3, 4, 6],
                    "learning_rate": [0.03, 0.1, 0.3],
                    "n_estimators": [100, 200, 300],
                    "subsample": [0.7, 1.0],
                },
            },
            BoostedErrors(),
        ),
        Candidate(
            "svr-rbf",
            "SVM (rbf)",
            lambda: scaled(SVR(kernel="rbf")),
            {
                "small": {
                    "model__C": [0.3, 1.0, 3.0, 10.0],
                    "model__gamma": [0.01, 0.03, 0.1],
                    "model__epsilon": [0.1],
                },
                "wide": {
                    "model__C": list(np.logspace(-1, 2, 10)),
                    "model__gamma": list(np.logspace(-3, 0, 10)),
                    "model__epsilon": [0.1],
                },
            },
            KernelErrors(),
        ),
        Candidate(
            "svr-linear",
            "SVM (linear)",
            lambda: scaled(SVR(kernel="linear", max_iter=200_000)),
            {
                "small": {"model__C": [0.003, 0.01, 0.03, 0.1, 0.3]},
                "wide": {"model__C": list(np.logspace(-3, 0, 10))},
            },
            KernelErrors(),
        ),
        Candidate(
            "lasso",
            "Lasso",
            # a tight tolerance, so that a penalty alone and as a point of a path have the same solution
            lambda: scaled(Lasso(max_iter=20_000, tol=1e-8)),
            {
                "small": {"model__alpha": list(np.logspace(-2.5, 0, 12))},
                "wide": {"model__alpha": list(np.logspace(-3, 0.5, 50))},
            },
            LassoPathErrors(),
        ),
    )
}

BASELINES: dict[str, tuple[str, Callable[[], BaseEstimator]]] = {
    "median": ("Median", lambda: DummyRegressor(strategy="median")),
    "nearest-neighbour": ("1-NN", lambda: scaled(KNeighborsRegressor(n_neighbors=1))),
}
"""What a model has to beat: nothing is chosen, so there is no inner loop."""
