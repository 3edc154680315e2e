"""Noise floor and correlations against planted values and independent computations."""

import numpy as np
import pandas as pd
import pytest
from support.simulated import matrix, simulate

from analysis.data.targets import DESCRIPTOR_NAMES, TARGETS
from analysis.evaluation.noise_floor import measure_noise_floor
from analysis.studies.correlation import correlate_descriptors, name_strong_pairs


def repeated_papers(noise, seed=0):
    """Samples of 24 compositions, each from four publications, that differ by normal noise alone."""
    random = np.random.default_rng(seed)
    frame = simulate(1)
    frame["formula"] = np.array([f"Li{place}O" for place in range(1, 25)])[np.arange(96) % 24]
    frame["publication_id"] = np.arange(96) // 24 + 1
    level = random.normal(0, 2, 24)[np.arange(96) % 24]
    frame[TARGETS["bulk"].column] = level + random.normal(0, noise, 96)
    return frame


def test_the_noise_floor_is_the_noise_that_was_planted():
    floors = [measure_noise_floor(matrix(repeated_papers(0.4, seed))) for seed in range(10)]
    assert np.mean([floor.mse for floor in floors]) == pytest.approx(0.4**2, rel=0.12)
    assert np.mean([floor.mae for floor in floors]) == pytest.approx(0.4 * np.sqrt(2 / np.pi), rel=0.12)
    assert np.mean([floor.mae_low < 0.4 * np.sqrt(2 / np.pi) < floor.mae_high for floor in floors]) >= 0.8
    assert (floors[0].compositions, floors[0].samples) == (24, 96)


def test_samples_of_one_publication_say_nothing_about_noise():
    frame = repeated_papers(0.4)
    frame["publication_id"] = frame["formula"].str[2:-1].astype(int)
    assert measure_noise_floor(matrix(frame)) is None


def test_strong_pairs_of_descriptors_are_named_and_gaps_are_left_out():
    frame = simulate(2, missing=0.2)
    frame["density_g_per_cm3"] = -3 * frame["atomic_number"] + np.random.default_rng(0).normal(0, 0.01, len(frame))
    frame["li_coordination_number"] = 6.0
    frame.loc[9:, "phase_code"] = np.nan
    table = correlate_descriptors(frame)
    assert len(table) == 17 * 16 / 2
    assert name_strong_pairs(table)[0] == {
        "first": "atomic_number",
        "second": "density_g_per_cm3",
        "n": int(frame[["atomic_number", "density_g_per_cm3"]].notna().all(axis=1).sum()),
        "r": pytest.approx(-1, abs=1e-3),
        "first_label": "Atomic number (Eq. 1)",
        "second_label": "Density (g/cm³)",
    }
    touched = (table["first"].isin(["li_coordination_number", "phase_code"])) | (
        table["second"].isin(["li_coordination_number", "phase_code"])
    )
    assert table.loc[touched, "r"].isna().all()
    both = frame[["li_ratio", "sintering_time_h"]].dropna()
    pair = table.query("first == 'sintering_time_h' and second == 'li_ratio'")
    assert pair["r"].item() == pytest.approx(np.corrcoef(both.T)[0, 1])
    assert pair["n"].item() == len(both)
    assert list(pd.unique(table["first"])) == DESCRIPTOR_NAMES[:-1]
