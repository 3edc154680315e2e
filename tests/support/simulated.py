"""A simulated data set of the paper's size with planted relations: 96 samples of 19 papers, 437 points, 15 element sets.

Ranges are those of the paper (doi 10.1080/14686996.2020.1824985) where it gives them: grain sizes of 0.07–486 µm, three
structure classes, the spread of both targets. Planted are the first seven descriptors of its Table 2, the first with the
largest weight. Composition descriptors follow from real formulas by Eq. (1); structural ones are drawn freely, so that
they can be told apart. Grain size follows method, phase and sintering, so that a target divided by it has more to be
explained and is explained better, as in the paper. ``paper_offset`` (decades) shifts all values of a paper, so that
random folds flatter a model.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data.targets import DESCRIPTOR_NAMES, TARGETS, build_matrix
from analysis.report.paper import PAPERS, POINTS, SAMPLES, TABLE_2

ELEMENTS = Path(__file__).parents[2] / "migrations" / "reference" / "elements.csv"
WEIGHTS = (1.6, 1.4, 1.3, 1.2, 1.1, 1.0, 1.0)
PLANTED = {target: dict(zip(names, WEIGHTS, strict=True)) for target, names in TABLE_2.items()}
PLANTED["bulk"]["sintering_time_h"] *= -1  # lithium evaporates; every other relation rises
VARIANCE = {"bulk": 0.487, "grain-boundary": 0.973}
"""MSE / (1 − R²) of every row of the paper's Table 1."""
NOISE = 0.15
BOLTZMANN_EV_PER_K = 8.617333262e-5
CLASSES = {"NASICON": range(7), "garnet": range(7, 11), "perovskite": range(11, 15)}
SETS = (
    # amounts at substitution x: constant part, then the part that grows with x
    ({"Li": 1, "Ti": 2, "P": 3, "O": 12}, {"Li": 1, "Ti": -1, "Al": 1}),
    ({"Li": 1, "Ge": 2, "P": 3, "O": 12}, {"Li": 1, "Ge": -1, "Al": 1}),
    ({"Li": 1, "Ti": 2, "P": 3, "O": 12}, {"Li": 1, "Ti": -1, "Ga": 1}),
    ({"Li": 1, "Ti": 2, "P": 3, "O": 12}, {"Li": 1, "Ti": -1, "Sc": 1}),
    ({"Li": 1, "Zr": 2, "P": 3, "O": 12}, {"Li": 1, "Zr": -1, "Y": 1}),
    ({"Li": 1, "Hf": 2, "P": 3, "O": 12}, {"Li": 1, "Hf": -1, "In": 1}),
    ({"Li": 1, "Sn": 2, "P": 3, "O": 12}, {"Li": 2, "Sn": -1, "Mg": 1}),
    ({"Li": 7, "La": 3, "Zr": 2, "O": 12}, {"Li": -1, "Zr": -1, "Ta": 1}),
    ({"Li": 7, "La": 3, "Zr": 2, "O": 12}, {"Li": -1, "Zr": -1, "Nb": 1}),
    ({"Li": 7, "La": 3, "Zr": 2, "O": 12}, {"Li": -3, "Al": 1}),
    ({"Li": 5, "La": 3, "Ta": 2, "O": 12}, {"Li": 1, "La": -1, "Ba": 1}),
    ({"Li": 0.05, "La": 0.65, "Ti": 1, "O": 3}, {"Li": 0.6, "La": -0.2}),
    ({"Li": 0.05, "La": 0.65, "Ti": 1, "O": 3}, {"Li": 0.6, "La": -0.4, "Sr": 0.3}),
    ({"Li": 0.1, "Sr": 0.75, "Zr": 0.5, "Ta": 0.5, "O": 3}, {"Li": 0.5, "Sr": -0.25}),
    ({"Li": 0.05, "Nd": 0.65, "Ti": 1, "O": 3}, {"Li": 0.6, "Nd": -0.2}),
)


def simulate(seed, *, paper_offset=0.0, missing=0.0, samples=SAMPLES):
    """A frame in the shape of the training views: names, 17 descriptors, conductivities and their log10."""
    return _simulate(seed, paper_offset, missing, samples).copy()


@cache
def _simulate(seed, paper_offset, missing, samples):
    random = np.random.default_rng(seed)
    papers = np.sort(random.permutation(np.arange(samples) % PAPERS))
    frame = pd.DataFrame({"sample_id": np.arange(1, samples + 1), "publication_id": papers + 1})
    frame = pd.concat([frame, _draw_materials(random, papers), _draw_processing(random, papers)], axis=1)
    frame["planted_offset"] = random.normal(0, 1, PAPERS)[papers] * paper_offset
    for target, mean in (("bulk", -3.5), ("grain-boundary", -1.5)):
        signal = sum(weight * _standardise(frame[name]) for name, weight in PLANTED[target].items())
        spread = np.sqrt(VARIANCE[target] - NOISE**2)
        values = mean + spread * _standardise(signal) + frame["planted_offset"] + random.normal(0, NOISE, samples)
        frame[TARGETS[target].column] = values
    frame = _derive_targets(frame)
    hidden = random.random((samples, len(DESCRIPTOR_NAMES))) < missing
    frame[DESCRIPTOR_NAMES] = frame[DESCRIPTOR_NAMES].mask(hidden)
    return frame


def matrix(frame, target="bulk", mode="native"):
    """The feature matrix of a simulated frame."""
    return build_matrix(frame, TARGETS[target], mode)


def simulate_records(frame, seed=0, points=POINTS):
    """The rows behind a frame without gaps, table by table: 437 points, each sample near room temperature and hotter.

    Temperatures follow Arrhenius (σT = A exp(−Ea/kT)) through the values of the frame, exactly at 25 °C.
    """
    random = np.random.default_rng(seed)
    publications = [
        {
            "id": int(key),
            "doi": f"10.5555/simulated.{key}",
            "title": f"Simulated paper {key}",
            "first_author": "Simulated",
        }
        for key in frame["publication_id"].unique()
    ]
    rows = frame.to_dict("records")
    measurements = [_point(row, contribution, 25.0, 0.0) for row in rows for contribution in ("bulk", "grain_boundary")]
    energies = {"bulk": random.normal(0.3, 0.03, len(rows)), "grain_boundary": random.normal(0.4, 0.04, len(rows))}
    hotter = [(place, kind, t) for t in (50.0, 75.0, 100.0) for place in range(len(rows)) for kind in energies]
    for place, kind, temperature in hotter[: points - len(measurements)]:
        measurements.append(_point(rows[place], kind, temperature, float(energies[kind][place])))
    reported = [
        {"sample_id": row["sample_id"], "contribution": kind, "activation_energy_ev": float(energies[kind][place])}
        for place, row in enumerate(rows)
        for kind in energies
    ]
    return {
        "publications": publications,
        "samples": rows,
        "impedance_measurements": measurements,
        "activation_energies": reported,
    }


def _point(row, contribution, temperature, energy):
    hot, warm = temperature + 273.15, 25.0 + 273.15
    rise = np.exp(-energy / BOLTZMANN_EV_PER_K * (1 / hot - 1 / warm)) * warm / hot
    return {
        "sample_id": row["sample_id"],
        "contribution": contribution,
        "temperature_c": temperature,
        "conductivity_s_per_cm": float(row[f"{contribution}_conductivity_s_per_cm"] * rise),
    }


def _standardise(values):
    return (values - values.mean()) / values.std()


@cache
def _read_elements():
    """Electronegativity, polarizability and atomic number of every element."""
    table = pd.read_csv(ELEMENTS).set_index("symbol")
    values = table[["electronegativity_pauling", "polarizability_au", "atomic_number"]].to_numpy(float)
    return dict(zip(table.index, values, strict=True))


def _draw_materials(random, papers):
    """Formulas of the papers' element sets, descriptors that follow from them, and structural ones, drawn freely."""
    sets = np.concatenate([random.permutation(len(SETS)), random.integers(0, len(SETS), PAPERS - len(SETS))])
    classes = [name for place in range(len(SETS)) for name, places in CLASSES.items() if place in places]
    n = len(papers)
    chosen = [SETS[sets[paper]] for paper in papers]
    rows = [_describe_composition(base, growth, round(random.uniform(0.05, 0.6), 2)) for base, growth in chosen]
    frame = pd.DataFrame(rows)
    frame.insert(1, "structure_class", [classes[sets[paper]] for paper in papers])
    frame["li_site_occupancy"] = random.uniform(0.15, 1.0, n)
    frame["li_neighbor_distance_angstrom"] = random.uniform(1.9, 2.8, n)
    frame["li_coordination_number"] = random.uniform(4, 12, n)
    frame["density_g_per_cm3"] = random.uniform(2.8, 6.0, n)
    frame["cell_volume_angstrom3"] = random.uniform(55, 290, n)
    return frame


def _describe_composition(base, growth, x):
    """Formula, Li ratio and the three descriptors of Eq. (1)."""
    amounts = {e: base.get(e, 0) + growth.get(e, 0) * x for e in [*base, *(e for e in growth if e not in base)]}
    total = sum(amounts.values())
    others = [element for element in amounts if element not in ("Li", "O")]
    weights = np.array([amounts[element] for element in others]) / total
    electronegativity, polarizability, number = weights @ np.array([_read_elements()[element] for element in others])
    return {
        "formula": "".join(f"{element}{round(amount, 4):g}" for element, amount in amounts.items()),
        "li_ratio": amounts["Li"] / total,
        "electronegativity": electronegativity,
        "polarizability": polarizability,
        "atomic_number": number,
    }


def _draw_processing(random, papers):
    """Sintering, pellet and grain size are choices of a paper, with some freedom per sample; additives are free."""
    n = len(papers)
    habit = random.normal(0, 1, (PAPERS, 3))[papers]
    free = random.normal(0, 1, (n, 4))
    additive = random.integers(0, 2, n)
    temperature = np.clip(1000 + 60 * habit[:, 0] + 90 * free[:, 0], 650, 1350)
    hours = np.clip(8 + 2 * habit[:, 1] + 3 * free[:, 1], 0.2, 48)
    method = random.integers(0, 4, PAPERS)[papers]
    phase = (random.random(n) < 0.15).astype(int)
    grain = 1.95 - 0.8 * method - 0.6 * phase + 0.2 * _standardise(temperature) + 0.3 * _standardise(hours)
    return pd.DataFrame(
        {
            "additive_present": additive,
            "additive_wt_percent": additive * random.uniform(0.5, 12, n),
            "sintering_temperature_c": temperature,
            "sintering_time_h": hours,
            "pellet_diameter_mm": np.clip(10 + 1.5 * habit[:, 2] + 2 * free[:, 2], 5, 20),
            "method_code": method,
            "grain_size_um": np.clip(10 ** (grain + 0.1 * free[:, 3]), 0.07, 486),
            "phase_code": phase,
        }
    )


def _derive_targets(frame):
    """The other columns of the views, from log10 σ_b and log10 h_gb by Eqs. (10) and (11)."""
    size_cm = frame["grain_size_um"] * 1e-4
    bulk, conductance = 10 ** frame["log10_bulk_conductivity"], 10 ** frame["log10_grain_boundary_conductance"]
    boundary = conductance * size_cm
    total = 1 / (1 / bulk + 1 / boundary)
    return frame.assign(
        bulk_conductivity_s_per_cm=bulk,
        grain_boundary_conductance_s_per_cm2=conductance,
        grain_boundary_conductivity_s_per_cm=boundary,
        total_conductivity_s_per_cm=total,
        log10_observed_grain_boundary_conductivity=np.log10(boundary),
        log10_bulk_per_grain=np.log10(bulk / size_cm),
        log10_grain_boundary_per_grain=np.log10(conductance / size_cm),
        log10_total_conductivity=np.log10(total),
    )
