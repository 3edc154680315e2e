"""Quick evaluations of simulated data: the linear models, their choice and the baselines, by publication."""

from dataclasses import replace

import numpy as np

from analysis.data.targets import DESCRIPTOR_NAMES, TARGETS
from analysis.evaluation.comparison import choose_models
from analysis.evaluation.noise_floor import measure_noise_floor
from analysis.evaluation.results import TargetResults
from analysis.evaluation.validation import cross_validate_baseline, nested_cross_validate
from analysis.folds.protocols import BY_PUBLICATION
from analysis.models.candidates import BASELINES, CANDIDATES
from support.simulated import matrix, simulate

BULK = TARGETS["bulk"].column


def evaluate_quickly(frame, label="bulk", seeds=2) -> TargetResults:
    """What a report would hold of the bulk conductivities of a frame, with three inner folds and two models."""
    data, results = matrix(frame), []
    for seed in range(seeds):
        for name in ("lasso", "svr-linear"):
            results.append(nested_cross_validate(data, CANDIDATES[name], BY_PUBLICATION, seed=seed, inner=3, jobs=1))
        results += [cross_validate_baseline(data, name, BY_PUBLICATION, seed=seed) for name in BASELINES]
    results += choose_models(results)
    results = [replace(each, estimators=[]) for each in results]
    floor = measure_noise_floor(data)
    return TargetResults("bulk", label, len(data.y), data.publications, "", "", results=results, noise_floor=floor)


def permute_target(frame, seed=3):
    """The frame with the values of its samples exchanged at random: nothing tells them."""
    return frame.assign(**{BULK: np.random.default_rng(seed).permutation(frame[BULK])})


def measure_again(seed=1):
    """Twenty-four materials with values of their own and a slight trend, each measured by four publications: the
    nearest neighbour is the same material, and a straight line knows the trend alone."""
    random = np.random.default_rng(seed)
    frame, material = simulate(seed), np.arange(96) % 24
    frame["publication_id"] = np.arange(96) // 6 + 1
    values = random.normal(0, 1, (24, len(DESCRIPTOR_NAMES)))
    frame[DESCRIPTOR_NAMES] = values[material] + random.normal(0, 0.01, (96, len(DESCRIPTOR_NAMES)))
    own = 0.6 * values[:, 2] + random.normal(0, 0.5, 24)
    frame["formula"] = [f"Li{number + 1}O" for number in material]
    frame[BULK] = own[material] + random.normal(0, 0.05, 96)
    return frame
