"""Parts of one's own pipelines, as scikit-learn has them: ``from sse_db.modelling import CompositionFeaturizer``."""

from analysis.evaluation.splitter import ProtocolKFold
from analysis.featurizers.transformers import CompositionFeaturizer, StructureFeaturizer

__all__ = ["CompositionFeaturizer", "ProtocolKFold", "StructureFeaturizer"]
