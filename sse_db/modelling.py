"""Parts of one's own pipelines, all as scikit-learn has them: ``from sse_db.modelling import ProtocolKFold``."""

from analysis.evaluation.splitter import ProtocolKFold

__all__ = ["ProtocolKFold"]
