"""Parts of one's own pipelines, as scikit-learn has them: ``from sse_db.modelling import CompositionFeaturizer``."""

from analysis.featurizers.transformers import CompositionFeaturizer, StructureFeaturizer
from analysis.folds.splitter import ProtocolKFold
from analysis.models.partitioned import fit_boosting
from sse_db.notebook.liverpool import benchmark_liverpool

__all__ = ["CompositionFeaturizer", "ProtocolKFold", "StructureFeaturizer", "benchmark_liverpool", "fit_boosting"]
