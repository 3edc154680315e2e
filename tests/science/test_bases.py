"""Values are told apart by how they are known, and what rounding rules is no training row."""

import pandas as pd
import pytest

from analysis.data.targets import TARGETS, leave_ruled_out
from analysis.evaluation.bases import count_bases, find_measured
from analysis.models.candidates import CANDIDATES
from analysis.models.extended import EXTENDED

ROWS = pd.DataFrame(
    {
        "sample_id": [1, 2, 3, 4, 5],
        "grain_boundary_basis": ["stated", "derived", "derived", "assumed", "interpolated"],
        "grain_boundary_rounding_ruled": [None, 0, 1, None, None],
        "bulk_basis": ["stated"] * 5,
    }
)
NEAR = pd.DataFrame(
    {
        "sample_id": [1, 2, 3, 4],
        "grain_boundary_temperature_basis": ["stated", "room_temperature", "stated", "room_temperature"],
        "bulk_temperature_basis": ["stated"] * 4,
    }
)


def test_each_value_in_training_is_counted_under_its_basis_and_that_of_its_temperature():
    found = count_bases(ROWS, NEAR, TARGETS["grain-boundary-observed"])
    assert found == {
        "n": 4, "stated": 1, "assumed": 1, "derived": 1, "interpolated": 1, "rounding_ruled": 1,
        "at_stated": 1, "at_room_temperature": 2,
    }  # fmt: skip


def test_only_grain_boundary_values_are_ruled_by_rounding():
    assert leave_ruled_out(ROWS, TARGETS["grain-boundary-observed"])["sample_id"].tolist() == [1, 2, 4, 5]
    assert leave_ruled_out(ROWS, TARGETS["bulk"]) is ROWS


def test_measured_are_those_neither_derived_nor_interpolated():
    assert find_measured(ROWS, TARGETS["grain-boundary-observed"]) == {1, 4}
    assert find_measured(ROWS, TARGETS["bulk"]) is None


@pytest.mark.parametrize("candidate", [*CANDIDATES.values(), *EXTENDED.values()], ids=lambda each: each.name)
def test_fixed_parameters_are_a_true_middle_of_the_small_grid(candidate):
    for name, values in candidate.grids["small"].items():
        assert len(values) % 2 == 1, name
        assert candidate.fixed[name] == values[(len(values) - 1) // 2]
