"""Candidates beyond the paper's four, on its descriptors and the statistics of the composition together.

They take part only where somebody asks for them (``evaluate --models extended``), so that a report costs what it did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.models.candidates import CANDIDATES, SEED, Candidate, GridSize, scaled

if TYPE_CHECKING:
    from sklearn.base import BaseEstimator

    from analysis.data.targets import FeatureMatrix

TREES = 150
STACK_FOLDS = 5


def add_composition(matrix: FeatureMatrix) -> FeatureMatrix:
    """The matrix with the composition statistics of every sample's formula beside the descriptors; a statistic without
    any value is left out."""
    from analysis.featurizers.composition import composition_features

    statistics = composition_features(matrix.samples["formula"].fillna("")).set_axis(matrix.X.index, axis=0)
    new = statistics.drop(columns=[name for name in statistics if name in matrix.X or statistics[name].isna().all()])
    return replace(matrix, X=matrix.X.join(new))


def add_profiles(matrix: FeatureMatrix) -> FeatureMatrix:
    """The matrix with the element profiles of every sample's formula beside its columns."""
    from analysis.featurizers.composition import profile_features

    profiles = profile_features(matrix.samples["formula"].fillna("")).set_axis(matrix.X.index, axis=0)
    return replace(matrix, X=matrix.X.join(profiles))


def matrix_for(candidate: Candidate, matrix: FeatureMatrix) -> FeatureMatrix:
    """What a candidate learns from: the descriptors, and for some what the composition says beside them."""
    matrix = add_composition(matrix) if candidate.of_composition else matrix
    return add_profiles(matrix) if candidate.of_profiles else matrix


def _forest() -> BaseEstimator:
    from sklearn.ensemble import RandomForestRegressor

    return RandomForestRegressor(n_estimators=TREES, max_features=0.33, n_jobs=1, random_state=SEED)


def _extra_trees() -> BaseEstimator:
    from sklearn.ensemble import ExtraTreesRegressor

    return ExtraTreesRegressor(n_estimators=TREES, max_features=0.33, n_jobs=1, random_state=SEED)


def _gaussian_process() -> BaseEstimator:
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import Matern

    # length and noise come from the grid: maximising the likelihood on a hundred rows often ends at a bound
    kernel = Matern(length_scale=10.0, length_scale_bounds="fixed", nu=1.5)
    return scaled(GaussianProcessRegressor(kernel, alpha=0.3, optimizer=None, normalize_y=True))


def _stack() -> BaseEstimator:
    from sklearn.ensemble import StackingRegressor
    from sklearn.linear_model import LinearRegression
    from sklearn.svm import SVR

    members = [
        ("forest", _forest()),
        ("boosted", CANDIDATES["xgboost"].build()),
        ("kernel", scaled(SVR(kernel="rbf", C=3.0, gamma="scale"))),
    ]
    return StackingRegressor(members, final_estimator=LinearRegression(positive=True), cv=STACK_FOLDS, n_jobs=1)


def _kernels_and_trees() -> BaseEstimator:
    from analysis.models.kernels_and_trees import KernelsOnDescriptors

    return KernelsOnDescriptors()


def _all_temperatures() -> BaseEstimator:
    from analysis.models.two_stage import AllTemperatures

    return AllTemperatures()


_LEAVES: Mapping[GridSize, Mapping[str, list[Any]]] = {
    "small": {"min_samples_leaf": [1, 3, 6]},
    "wide": {"min_samples_leaf": [1, 2, 4, 8]},
}

EXTENDED = {
    candidate.name: candidate
    for candidate in (
        Candidate("random-forest", "Random forest", _forest, _LEAVES, of_composition=True),
        Candidate("extra-trees", "Extra trees", _extra_trees, _LEAVES, of_composition=True),
        Candidate(
            "gaussian-process",
            "Gaussian process",
            _gaussian_process,
            {
                "small": {"model__kernel__length_scale": [5.0, 10.0, 20.0], "model__alpha": [0.3]},
                "wide": {
                    "model__kernel__length_scale": [2.0, 5.0, 10.0, 20.0, 40.0],
                    "model__alpha": [0.1, 0.3, 1.0],
                },
            },
            of_composition=True,
        ),
        # its weights are fitted inside, by random folds of the rows that it is given
        Candidate("stack", "Stack", _stack, {"small": {}, "wide": {}}, of_composition=True),
        # its constants were fixed on OBELiX: nothing is chosen
        Candidate(
            "obelix-kernel",
            "Kernels and trees (OBELiX)",
            _kernels_and_trees,
            {"small": {}, "wide": {}},
            of_composition=True,
            of_profiles=True,
            takes_frame=True,
        ),
    )
}

OF_MEASUREMENTS = {
    "all-temperatures": Candidate(
        "all-temperatures",
        "All temperatures",
        _all_temperatures,
        {"small": {}, "wide": {}},
        takes_frame=True,
        of_measurements=True,
    )
}
"""What needs series over temperature, and is scored where it is named."""

EVERY_CANDIDATE = {**CANDIDATES, **EXTENDED, **OF_MEASUREMENTS}
"""All that can be trained, the paper's first."""
