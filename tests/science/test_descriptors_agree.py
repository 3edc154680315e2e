"""All 17 descriptors and h_gb of the whole seed, computed twice by different means, agree to 1e-9."""

import pandas as pd
import pytest
from support import seed_counts
from support.engines import opened
from support.independent import compute_conductances, compute_descriptors

from analysis.data.frames import read_view
from analysis.data.targets import DESCRIPTOR_NAMES


@pytest.fixture(scope="module")
def engine(seed_url):
    with opened(seed_url) as found:
        yield found


def test_the_views_agree_with_an_independent_computation(engine):
    wanted = pd.DataFrame.from_dict(compute_descriptors(engine), orient="index")[DESCRIPTOR_NAMES].astype(float)
    found = read_view(engine, "descriptors").set_index("sample_id")[DESCRIPTOR_NAMES].astype(float)
    assert len(found) == seed_counts.SAMPLES
    pd.testing.assert_frame_equal(found, wanted, rtol=1e-9, atol=1e-12, check_names=False)


def test_every_descriptor_is_known_of_some_sample(engine):
    coverage = read_view(engine, "descriptors")[DESCRIPTOR_NAMES].notna().sum()
    assert (coverage > 0).all()


def test_the_single_boundary_conductance_agrees(engine):
    wanted = compute_conductances(engine)
    view = read_view(engine, "single_grain_conductivity").set_index("sample_id")["grain_boundary_conductance_s_per_cm2"]
    found = view.dropna().to_dict()
    assert found.keys() == wanted.keys()
    assert len(found) == seed_counts.TRAINING["grain_boundary"]
    for key, value in found.items():
        assert value == pytest.approx(wanted[key], rel=1e-9)


def test_element_properties_are_those_of_the_installed_pymatgen(engine):
    from pymatgen.core import Element

    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT symbol, atomic_number, atomic_mass_u, electronegativity_pauling FROM elements"
        )
        for symbol, number, mass, chi in rows.all():
            element = Element(symbol)
            assert number == element.Z
            assert float(element.atomic_mass) == pytest.approx(mass, rel=1e-6)
            if chi is not None:
                assert chi == pytest.approx(element.X, rel=1e-9)
