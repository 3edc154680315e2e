"""A simulated data set of the paper's size with planted relations: 96 samples, 19 papers, three structure classes.

Ranges are the paper's where it gives them (grain size 0.07–486 µm); what is planted for bulk and grain boundary are the
first descriptors of its Table 2. Papers carry an offset of their own, so that random folds flatter a model.
"""

import numpy as np
import pandas as pd

from analysis.features import DESCRIPTOR_NAMES, TARGETS, build_matrix

SAMPLES, PAPERS = 96, 19
PLANTED = {
    "bulk": {"sintering_time_h": 1.6, "li_site_occupancy": 1.4, "sintering_temperature_c": 1.2, "li_ratio": 1.0},
    "grain-boundary": {"density_g_per_cm3": 1.6, "sintering_temperature_c": 1.4, "polarizability": 1.2},
}
NOISE = 0.15


def simulate(seed, *, paper_offset=0.0, missing=0.0, samples=SAMPLES):
    """A frame in the shape of the training views: names, 17 descriptors, targets (log10)."""
    random = np.random.default_rng(seed)
    papers = np.sort(random.permutation(np.arange(samples) % PAPERS))
    frame = pd.DataFrame({"sample_id": np.arange(1, samples + 1), "publication_id": papers + 1})
    frame["formula"] = [f"Li{1 + code / 100:g}Ti2P3O12" for code in papers * 3 + random.integers(0, 3, samples)]
    frame["structure_class"] = random.choice(["NASICON", "garnet", "perovskite"], samples, p=[0.6, 0.2, 0.2])
    for name, values in _draw_descriptors(random, papers, samples).items():
        frame[name] = values
    offset = random.normal(0, 1, PAPERS)[papers] * paper_offset
    for target, relations in PLANTED.items():
        signal = sum(weight * _standardise(frame[name]) for name, weight in relations.items())
        frame[TARGETS[target].column] = -4 + 0.4 * signal + offset + random.normal(0, NOISE, samples)
    frame["log10_bulk_per_grain"] = frame["log10_bulk_conductivity"] - np.log10(frame["grain_size_um"] * 1e-4)
    hidden = random.random((samples, len(DESCRIPTOR_NAMES))) < missing
    frame[DESCRIPTOR_NAMES] = frame[DESCRIPTOR_NAMES].mask(hidden)
    return frame


def matrix(frame, target="bulk", mode="native"):
    """The feature matrix of a simulated frame."""
    return build_matrix(frame, TARGETS[target], mode)


def _standardise(values):
    return (values - values.mean()) / values.std()


def _draw_descriptors(random, papers, n):
    """Independent of each other; sintering and pellet are choices of a paper, with some freedom per sample."""
    habit = random.normal(0, 1, (PAPERS, 3))[papers]
    additive = random.integers(0, 2, n)
    return {
        "additive_present": additive,
        "additive_wt_percent": additive * random.uniform(0.5, 12, n),
        "sintering_temperature_c": np.clip(1000 + 80 * habit[:, 0] + 90 * random.normal(0, 1, n), 650, 1350),
        "sintering_time_h": np.clip(8 + 2 * habit[:, 1] + 4 * random.normal(0, 1, n), 0.2, 48),
        "pellet_diameter_mm": np.clip(10 + 2 * habit[:, 2] + random.normal(0, 1, n), 5, 20),
        "method_code": random.integers(0, 4, n),
        "grain_size_um": 10 ** random.uniform(np.log10(0.07), np.log10(486), n),
        "phase_code": (random.random(n) < 0.15).astype(int),
        "li_ratio": random.uniform(0.05, 0.3, n),
        "li_site_occupancy": random.uniform(0.15, 1.0, n),
        "electronegativity": random.uniform(0.4, 0.9, n),
        "polarizability": random.uniform(15, 60, n),
        "atomic_number": random.uniform(4, 25, n),
        "li_neighbor_distance_angstrom": random.uniform(1.9, 2.8, n),
        "li_coordination_number": random.uniform(4, 12, n),
        "density_g_per_cm3": random.uniform(2.8, 6.0, n),
        "cell_volume_angstrom3": random.uniform(55, 290, n),
    }
