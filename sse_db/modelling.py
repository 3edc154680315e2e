"""Parts of one's own pipelines, as scikit-learn has them: ``from sse_db.modelling import CompositionFeaturizer``."""

from analysis.featurizers.transformers import CompositionFeaturizer, StructureFeaturizer
from analysis.folds.splitter import ProtocolKFold
from analysis.models.partitioned import fit_boosting

__all__ = ["CompositionFeaturizer", "ProtocolKFold", "StructureFeaturizer", "fit_boosting"]
