"""The learners of OBELiX on its training part, for the studies that any rows with papers can be asked."""

from __future__ import annotations

import numpy as np

from analysis.models.candidates import MEDIAN
from analysis.obelix.materials import build_materials
from analysis.obelix.models import LEARNERS
from analysis.obelix.reading import Limits, Obelix
from analysis.studies.learners import Learn, Learners, learn_median

STUDIED = ("chosen", "publisher-forest")


def make_learners(data: Obelix, limits: Limits = "bound") -> Learners:
    """The chosen model, the publisher's forest and the median on the training part, papers being groups of DOIs."""
    places, materials = data.places("train"), build_materials(data)
    X, y, groups = materials.X[places], data.target(limits)[places], data.groups[places]

    def make(name: str) -> Learn:
        def learn(train: np.ndarray, test: np.ndarray) -> np.ndarray:
            learner = LEARNERS[name][1](materials)
            return learner.fit(X[train], y[train], np.unique(groups[train], return_inverse=True)[1]).predict(X[test])

        return learn

    learn = {name: make(name) for name in STUDIED}
    return Learners(y, groups, data.rows["id"].to_numpy()[places], {**learn, MEDIAN: learn_median(y)})
