"""A fitted estimator as bytes without pickle: XGBoost in its own JSON, others by skops, which builds listed types.

Beyond these, a model in a file of somebody's own may hold the types of this file and of the packages that it imports:
whoever names the file again runs its code anyway.
"""

from __future__ import annotations

import sys
from types import ModuleType

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator

from sse_db.errors import UnusableEstimator, UnusableModel
from sse_db.spelling import name_exception

BOOSTED, PIPELINE = "xgboost.json", "pipeline.skops"
TRUSTED = [
    "analysis.featurizers.transformers.CompositionFeaturizer",
    "analysis.featurizers.transformers.StructureFeaturizer",
    "analysis.folds.splitter.ProtocolKFold",
    "analysis.models.kernel.Block",
    "analysis.models.kernel.BlockDistance",
    "analysis.models.kernel.KernelMedian",
    "analysis.models.kernels_and_trees.KernelsAndTrees",
    "analysis.models.kernels_and_trees.KernelsOnDescriptors",
    "analysis.models.two_stage.AllTemperatures",
    "numpy.clip",
    "numpy.dtype",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.gaussian_process.kernels.ConstantKernel",
    "sklearn.gaussian_process.kernels.DotProduct",
    "sklearn.gaussian_process.kernels.Matern",
    "sklearn.gaussian_process.kernels.Product",
    "sklearn.gaussian_process.kernels.RBF",
    "sklearn.gaussian_process.kernels.RationalQuadratic",
    "sklearn.gaussian_process.kernels.Sum",
    "sklearn.gaussian_process.kernels.WhiteKernel",
    "sklearn.metrics._regression.mean_absolute_error",
    "sklearn.metrics._regression.mean_squared_error",
    "sklearn.metrics._regression.median_absolute_error",
    "sklearn.metrics._regression.r2_score",
    "sklearn.metrics._regression.root_mean_squared_error",
    "sklearn.metrics._scorer._PassthroughScorer",
    "sklearn.metrics._scorer._Scorer",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
    "sklearn.neural_network._stochastic_optimizers.SGDOptimizer",
    "sklearn.tree._tree.Tree",
    "sklearn.utils._bunch.Bunch",
    "xgboost.core.Booster",
    "xgboost.sklearn.XGBRegressor",
]
"""What our pipelines hold beyond the types that skops trusts by itself."""


def dump_estimator(estimator: BaseEstimator) -> tuple[str, bytes]:
    """The name of a member of a model's file, and its content."""
    from xgboost import XGBRegressor

    if type(estimator) is XGBRegressor:
        return BOOSTED, bytes(estimator.get_booster().save_raw("json"))
    import skops.io

    return PIPELINE, skops.io.dumps(estimator)


def load_estimator(name: str, member: str, data: bytes, own: ModuleType | None = None) -> BaseEstimator:
    """The estimator of a member of the file ``name``; raises UnusableModel where it holds types that are not trusted.

    ``own`` is the file of somebody's own that the model was made in.
    """
    if member == BOOSTED:
        from xgboost import XGBRegressor

        estimator = XGBRegressor()
        estimator.load_model(bytearray(data))
        return estimator
    import skops.io

    unknown = find_unknown_types(data, own)
    if unknown:
        raise UnusableModel(f"{name} holds types that no model of sse-db has: {', '.join(unknown)}")
    return skops.io.loads(data, trusted=skops.io.get_untrusted_types(data=data))


def find_unknown_types(data: bytes, own: ModuleType | None = None) -> list[str]:
    """The types that a member holds and that are not trusted."""
    import skops.io

    packages = _imported_packages(own)
    found = [str(each) for each in skops.io.get_untrusted_types(data=data) if each not in TRUSTED]
    return sorted(each for each in found if own is None or each.partition(".")[0] not in packages)


def require_storable(name: str, estimator: BaseEstimator, rows: pd.DataFrame, own: ModuleType | None) -> None:
    """Raise UnusableEstimator for a fitted estimator of somebody's own that a file cannot hold, or that predicts
    otherwise when it is read back."""
    try:
        member, data = dump_estimator(estimator)
        unknown = find_unknown_types(data, own) if member == PIPELINE else []
        if not unknown:
            again = load_estimator(name, member, data, own).predict(rows)
    except Exception as error:  # skops and the parts of somebody's own estimator raise errors of any type
        raise UnusableEstimator(
            f"{name} cannot be saved: {name_exception(error)}", "build it of parts that skops can write"
        ) from error
    if unknown:
        raise UnusableEstimator(
            f"{name} cannot be saved: it holds {', '.join(unknown)}",
            "write it into a file, FILE.py:FUNCTION, that defines or imports these",
        )
    if not np.allclose(np.asarray(again, float).ravel(), np.asarray(estimator.predict(rows), float).ravel()):
        raise UnusableEstimator(
            f"{name} cannot be saved: it predicts otherwise when it is read back",
            "keep what is fitted in attributes of the object",
        )


def _imported_packages(own: ModuleType | None) -> set[str]:
    """The file's own module, and the packages beyond Python's own that stand in it by a name."""
    if own is None:
        return set()
    modules = [
        each.__name__ if isinstance(each, ModuleType) else getattr(each, "__module__", None)
        for each in vars(own).values()
    ]
    tops = {str(each).partition(".")[0] for each in modules if each}
    return {own.__name__} | (tops - sys.stdlib_module_names - {"builtins"})
