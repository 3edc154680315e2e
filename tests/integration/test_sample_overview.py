"""The view that people look at first: one row per sample, each value that of the view or table it stands for."""

import pandas as pd
import pytest
import sqlalchemy as sa
from support.engines import opened

NEAR = [
    f"{part}_{what}"
    for part in ("bulk", "grain_boundary", "total")
    for what in ("conductivity_s_per_cm", "temperature_c", "relation", "basis")
]


@pytest.fixture(scope="module")
def read(seed_url):
    with opened(seed_url) as engine, engine.connect() as connection:
        yield lambda name: pd.read_sql_query(sa.text(f"SELECT * FROM {name} ORDER BY 1"), connection)


@pytest.fixture(scope="module")
def overview(read):
    return read("sample_overview").set_index("sample_id").sort_index()


def assert_equal_columns(found, wanted, names):
    aligned = wanted.reindex(found.index)[names]
    pd.testing.assert_frame_equal(found[names], aligned, check_dtype=False)


def test_there_is_one_row_for_each_sample_measured_or_not(read, overview):
    assert overview.index.tolist() == sorted(read("samples")["id"])


def test_conductivities_sintering_density_and_grain_size_are_those_of_their_own_views(read, overview):
    assert_equal_columns(overview, read("room_temperature_conductivity").set_index("sample_id"), NEAR)
    sintered = ["sintering_temperature_c", "sintering_time_h"]
    assert_equal_columns(overview, read("sintering_steps").set_index("sample_id"), sintered)
    made = ["relative_density_percent", "relative_density_relation", "grain_size_um", "grain_size_relation", "label"]
    assert_equal_columns(overview, read("samples").set_index("id"), made)


def test_the_reported_activation_energy_is_that_of_the_total_else_of_the_bulk(read, overview):
    energies = read("activation_energies")
    order = {"total": 0, "bulk": 1, "grain_boundary": 2, "unspecified": 3}
    first = (
        energies.assign(place=energies["contribution"].map(order), limit=energies["relation"] != "=")
        .sort_values(["sample_id", "place", "limit", "replicate_label", "id"])
        .drop_duplicates("sample_id")
        .set_index("sample_id")
    )
    told = overview.dropna(subset="activation_energy_ev")
    assert sorted(told.index) == sorted(first.index)
    assert told["activation_energy_ev"].tolist() == first["activation_energy_ev"].sort_index().tolist()
    assert told["activation_energy_contribution"].tolist() == first["contribution"].sort_index().tolist()
