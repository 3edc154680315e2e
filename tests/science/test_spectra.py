"""Fits of spectra against what is known: simulated truth, other models, published results.

``benchmarks/spectra.py`` prints the same figures over 500 spectra.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.simulated_spectra import OTHER_MODELS, simulate_other, simulate_spectra
from support.spectrum_scores import score_other_models, score_simulated

from analysis.spectra.analyse import Options, analyse_series, analyse_spectrum, arrhenius_of
from analysis.spectra.circuits import Circuit
from analysis.spectra.conversion import Geometry
from analysis.spectra.fitting import Spectrum
from etl.spectra.reader import read_spectra
from sse_db.errors import SseDbError


def test_intervals_hold_the_truth_and_doubts_stand_where_it_cannot_be_told() -> None:
    score = score_simulated(simulate_spectra(60))
    assert score.share("right number", "identifiable") >= 0.95
    assert score.share("unidentifiable doubted", "unidentifiable") >= 0.9
    assert score.share("identifiable doubted", "identifiable") <= 0.1
    for name in "RnC":
        assert 0.88 <= score.share(f"{name} inside", name) <= 1


def test_spectra_of_other_models_are_doubted_or_right() -> None:
    generator = np.random.default_rng(7)
    found = score_other_models([simulate_other(generator, model) for _ in range(4) for model in OTHER_MODELS])
    counts = [each["doubted or right"] for each in found.values()]
    assert sum(counts) >= 0.8 * sum(each["all"] for each in found.values())


def published(folder: Path, name: str) -> Spectrum:
    raw = read_spectra(folder / "eis-oxide-examples" / name)[0]
    return Spectrum(raw.frequency_hz, raw.impedance_ohm)


@pytest.mark.parametrize(
    ("name", "lowest", "resistances"),
    [
        ("Example2b.txt", 5.0, (4.471e4, 4.712e4)), ("s04147-140deg.txt", None, (1.462e5, 2.012e6)),
        ("s04147-170deg.txt", None, (5.605e4, 3.980e5)), ("s04147-200deg.txt", None, (2.246e4, 9.502e4)),
    ],
)  # fmt: skip
def test_published_resistances_are_found_without_start_values(
    shared_data: Path, name: str, lowest: float | None, resistances: tuple[float, float]
) -> None:
    spectrum = published(shared_data, name).within(lowest)
    for options, bound in ((Options(Circuit(2, "cpe")), 0.05), (None, 0.15)):
        arcs = analyse_spectrum(spectrum, None, options).fit.arcs
        for found, known in zip(arcs[:2], resistances, strict=True):
            assert found.resistance_ohm.value == pytest.approx(known, rel=bound)


@pytest.mark.parametrize("tied", [False, True], ids=["one by one", "tied"])
def test_published_activation_energies_are_found(shared_data: Path, tied: bool) -> None:
    geometry = Geometry(2.1, 8.0)
    names = [f"s04147-{celsius}deg.txt" for celsius in range(140, 210, 10)]
    spectra = [(float(name[7:10]), published(shared_data, name), geometry) for name in names]
    energies = arrhenius_of(analyse_series(spectra, tie_capacitances=tied))
    assert 0.57 <= energies["bulk"].energy_ev <= 0.60
    assert 0.87 <= energies["grain_boundary"].energy_ev <= 0.91


def test_real_files_of_instruments_are_read_or_refused_for_a_reason(shared_data: Path) -> None:
    folder = shared_data / "eis-instrument-files"
    refused = []
    for path in sorted(folder.glob("*/*")):
        try:
            spectra = read_spectra(path)
        except SseDbError as error:
            refused.append((path.name, str(error)))
            continue
        assert all(len(each.frequency_hz) >= 20 for each in spectra), path.name
    assert [name for name, _ in refused] == ["exampleDataBioLogic_MissingFreq.mpt"]
    assert "no column freq/Hz" in refused[0][1]
