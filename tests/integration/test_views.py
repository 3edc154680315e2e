"""The rulings of the views, each test named after the one it protects."""

import math

import pytest
from support.bench import Bench

from sse_db.vocabulary import DENSIFYING, SynthesisMethod

METHOD_CODES: dict[SynthesisMethod, int] = {
    SynthesisMethod.SOLID_STATE: 0,
    SynthesisMethod.BALL_MILL: 0,
    SynthesisMethod.MECHANOCHEMICAL: 0,
    SynthesisMethod.MELT_QUENCH: 1,
    SynthesisMethod.CO_PRECIPITATION: 2,
    SynthesisMethod.HYDROTHERMAL: 2,
    SynthesisMethod.SOLUTION: 2,
    SynthesisMethod.SPRAY: 2,
    SynthesisMethod.SELF_ASSEMBLY: 2,
    SynthesisMethod.SOL_GEL: 3,
    SynthesisMethod.CITRATE: 3,
    SynthesisMethod.PECHINI: 3,
}
"""The paper's method descriptor; a method that is not here has none (doi 10.1080/14686996.2020.1824985)."""

RT = "room_temperature_conductivity"


@pytest.fixture
def bench(make_url):
    found = Bench(make_url())
    yield found
    found.engine.dispose()


@pytest.mark.parametrize(
    ("temperature", "inside"), [(23.99, False), (24, True), (30, True), (30.01, False), (None, False)]
)
def test_the_window_is_24_to_30_degrees_inclusive(bench, temperature, inside):
    sample = bench.sample()
    bench.measure(sample, "total", 1e-4, temperature)
    assert (bench.of(RT, sample) is not None) is inside


def test_a_stated_temperature_comes_before_nominal_room_temperature(bench):
    sample = bench.sample()
    bench.measure(sample, "total", 1e-4, 25.0, temperature_basis="room_temperature")
    bench.measure(sample, "total", 2e-4, 30.0)
    assert bench.of(RT, sample)["total_conductivity_s_per_cm"] == 2e-4


def test_the_nearest_to_25_degrees_is_chosen_and_of_two_equally_near_the_cooler(bench):
    sample = bench.sample()
    for value, temperature in [(1e-4, 28), (2e-4, 26), (3e-4, 24)]:
        bench.measure(sample, "total", value, temperature)
    row = bench.of(RT, sample)
    assert (row["total_conductivity_s_per_cm"], row["total_temperature_c"]) == (3e-4, 24)


def test_a_value_comes_before_a_limit_and_then_the_replicate_label_decides(bench):
    sample = bench.sample()
    bench.measure(sample, "total", 9e-4, relation="<", replicate_label="")
    bench.measure(sample, "total", 2e-4, replicate_label="b")
    bench.measure(sample, "total", 1e-4, replicate_label="a")
    row = bench.of(RT, sample)
    assert (row["total_conductivity_s_per_cm"], row["total_relation"]) == (1e-4, "=")


@pytest.mark.parametrize(("basis", "enters"), [("measured", True), ("digitised", True), ("extrapolated", False)])
def test_only_measured_and_digitised_values_enter(bench, basis, enters):
    sample = bench.sample()
    bench.measure(sample, "total", 1e-4, value_basis=basis)
    assert (bench.of(RT, sample) is not None) is enters


def test_the_unspecified_contribution_is_in_no_view(bench):
    sample = bench.sample()
    bench.measure(sample, "unspecified", 1e-4)
    assert bench.of(RT, sample) is None
    assert bench.of("training_samples", sample) is None


PARTS = {"bulk": 4e-4, "grain_boundary": 2e-4, "total": 1 / (1 / 4e-4 + 1 / 2e-4)}


@pytest.mark.parametrize("derived", PARTS)
def test_a_contribution_not_measured_follows_from_the_other_two(bench, derived):
    sample = bench.sample()
    for part, value in PARTS.items():
        if part != derived:
            bench.measure(sample, part, value)
    row = bench.of(RT, sample)
    assert row[f"{derived}_conductivity_s_per_cm"] == pytest.approx(PARTS[derived], rel=1e-12)
    assert row[f"{derived}_basis"] == "derived"
    assert row[f"{derived}_relation"] == "="
    assert row[f"{derived}_measurement_id"] is None


NOT_DERIVED = {
    "another temperature": ({"temperature": 26.0}, {}),
    "a limit": ({"relation": "<"}, {}),
    "an approximate value": ({}, {"relation": "~"}),
    "another basis of the temperature": ({"temperature_basis": "room_temperature"}, {}),
}


@pytest.mark.parametrize(("first", "second"), NOT_DERIVED.values(), ids=NOT_DERIVED.keys())
def test_nothing_is_derived_from(bench, first, second):
    sample = bench.sample()
    bench.measure(sample, "bulk", 4e-4, **first)
    bench.measure(sample, "total", 1e-4, **second)
    row = bench.of(RT, sample)
    assert row["grain_boundary_conductivity_s_per_cm"] is None
    assert row["grain_boundary_basis"] is None


def test_nothing_is_derived_when_the_result_is_not_positive(bench):
    sample = bench.sample()
    bench.measure(sample, "bulk", 1e-4)
    bench.measure(sample, "total", 1e-4)
    assert bench.of(RT, sample)["grain_boundary_conductivity_s_per_cm"] is None


@pytest.mark.parametrize(("total", "flagged"), [(0.79e-4, 0), (0.81e-4, 1)])
def test_a_derived_grain_boundary_value_above_four_fifths_is_flagged(bench, total, flagged):
    sample = bench.sample()
    bench.measure(sample, "bulk", 1e-4)
    bench.measure(sample, "total", total)
    assert bench.of(RT, sample)["grain_boundary_rounding_ruled"] == flagged


def test_single_grain_conductance_divides_by_the_grain_size_in_cm(bench):
    sample = bench.sample(grain_size_um=2.0)
    bench.measure(sample, "grain_boundary", 1e-4)
    assert bench.of("single_grain_conductivity", sample)["grain_boundary_conductance_s_per_cm2"] == pytest.approx(0.5)


def test_check_value_of_the_interface_for_li_ratio_and_equation_1(bench):
    sample = bench.sample(formula="Li0.35La0.55TiO3")
    row = bench.of("descriptors", sample)
    assert row["li_ratio"] == pytest.approx(0.35 / 4.9, rel=1e-12)
    chi = {each["symbol"]: each["electronegativity_pauling"] for each in bench.rows("SELECT * FROM elements")}
    assert row["electronegativity"] == pytest.approx((0.55 * chi["La"] + chi["Ti"]) / 4.9, rel=1e-12)


def test_equation_1_is_null_when_an_element_lacks_the_property(bench):
    sample = bench.sample(formula="Li7La3Zr2O12")
    with bench.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE elements SET electronegativity_pauling = NULL WHERE symbol = 'Zr'")
    row = bench.of("descriptors", sample)
    assert row["electronegativity"] is None
    assert row["polarizability"] is not None


@pytest.mark.parametrize("method", SynthesisMethod, ids=str)
def test_method_codes_are_those_of_the_word_table(bench, method):
    sample = bench.sample(synthesis_method=str(method))
    assert bench.of("descriptors", sample)["method_code"] == METHOD_CODES.get(method)


@pytest.mark.parametrize(("phase", "code"), [("crystal", 0), ("glass_ceramic", 1), ("glass", None), (None, None)])
def test_phase_codes(bench, phase, code):
    sample = bench.sample(phase_type=phase)
    assert bench.of("descriptors", sample)["phase_code"] == code


@pytest.mark.parametrize(
    ("present", "content", "wanted"), [(0, None, 0.0), (1, None, None), (1, 3.0, 3.0), (None, None, None)]
)
def test_additive_absent_makes_the_content_zero_and_silence_stays_null(bench, present, content, wanted):
    sample = bench.sample(additive_present=present, additive_wt_percent=content)
    row = bench.of("descriptors", sample)
    assert (row["additive_present"], row["additive_wt_percent"]) == (present, wanted)


@pytest.mark.parametrize("operation", DENSIFYING, ids=str)
def test_every_densifying_operation_gives_the_sintering_descriptors(bench, operation):
    sample = bench.sample()
    bench.step(sample, 1, str(operation), 900, 6)
    row = bench.of("descriptors", sample)
    assert (row["sintering_temperature_c"], row["sintering_time_h"]) == (900, 6)


def test_sintering_descriptors_come_from_the_last_densifying_step(bench):
    sample = bench.sample()
    for position, (operation, temperature) in enumerate(
        [("calcination", 800), ("sintering", 1000), ("hot_pressing", 1100), ("annealing", 700)], start=1
    ):
        bench.step(sample, position, operation, temperature, position)
    row = bench.of("descriptors", sample)
    assert (row["sintering_temperature_c"], row["sintering_time_h"]) == (1100, 3)


def test_an_anneal_after_cold_sintering_belongs_to_it(bench):
    sample = bench.sample()
    bench.step(sample, 1, "cold_sintering", 150, 1)
    bench.step(sample, 2, "annealing", 650, 2)
    assert bench.of("descriptors", sample)["sintering_temperature_c"] == 650


def test_a_linked_structure_comes_before_the_same_space_group_before_the_same_composition(bench):
    sample = bench.sample(space_group_symbol="Ia-3d", space_group_number=230)
    bench.structure("another group", space_group_symbol="I41/acd", space_group_number=142, density_g_per_cm3=5.0)
    assert bench.of("descriptors", sample)["density_g_per_cm3"] is None
    bench.structure("composition only", density_g_per_cm3=5.1)
    assert bench.of("descriptors", sample)["density_g_per_cm3"] == 5.1
    bench.structure(
        "same space group", space_group_symbol="I 41/a -3 2/d", space_group_number=230, density_g_per_cm3=5.2
    )
    assert bench.of("descriptors", sample)["density_g_per_cm3"] == 5.2
    bench.structure("linked", sample=sample, space_group_symbol="P1", density_g_per_cm3=5.3)
    assert bench.of("descriptors", sample)["density_g_per_cm3"] == 5.3


def test_a_record_of_another_space_group_never_fills_a_gap(bench):
    """As the monoclinic, triclinic and rhombohedral LiZr2(PO4)3 did."""
    bench.structure("R", space_group_symbol="R-3c", space_group_number=167, density_g_per_cm3=3.1)
    bench.structure(
        "P", space_group_symbol="P21/n", space_group_number=14, li_site_occupancy=1.0, li_coordination_number=4.0
    )
    bench.structure(
        "C", space_group_symbol="C-1", space_group_number=2, li_site_occupancy=0.5, cell_volume_angstrom3=240.0
    )
    bench.structure("unsaid", cell_volume_angstrom3=230.0)
    names = ("density_g_per_cm3", "li_site_occupancy", "li_coordination_number", "cell_volume_angstrom3")
    for number, values in (
        (167, (3.1, None, None, 230.0)), (14, (None, 1.0, 4.0, 230.0)), (2, (None, 0.5, None, 240.0)),
        (None, (3.1, None, None, 230.0)),
    ):  # fmt: skip
        row = bench.of("descriptors", bench.sample(label=f"of {number}", space_group_number=number))
        assert tuple(row[name] for name in names) == values, number


def test_a_symbol_that_no_table_has_is_a_group_of_its_own(bench):
    sample = bench.sample(space_group_symbol="cubic, unknown")
    bench.structure("a", space_group_symbol="X 1", density_g_per_cm3=3.1)
    assert bench.of("descriptors", sample)["density_g_per_cm3"] is None
    bench.structure("b", space_group_symbol="cubic,unknown", density_g_per_cm3=3.2)
    assert bench.of("descriptors", sample)["density_g_per_cm3"] == 3.2


def test_the_structure_nearest_to_room_temperature_comes_first(bench):
    sample = bench.sample()
    bench.structure("warm", temperature_c=90, temperature_basis="stated", density_g_per_cm3=5.0)
    bench.structure("near", temperature_c=20, temperature_basis="stated", density_g_per_cm3=5.1)
    assert bench.of("descriptors", sample)["density_g_per_cm3"] == 5.1


def test_a_record_above_100_degrees_gives_occupancy_coordination_and_distance_alone(bench):
    sample = bench.sample()
    bench.structure("hot", temperature_c=1000, temperature_basis="stated", density_g_per_cm3=4.8, cell_volume_angstrom3=286,
                    li_site_occupancy=0.47, li_coordination_number=5.6, li_neighbor_distance_angstrom=2.2)  # fmt: skip
    row = bench.of("descriptors", sample)
    assert (row["density_g_per_cm3"], row["cell_volume_angstrom3"]) == (None, None)
    assert (row["li_site_occupancy"], row["li_coordination_number"], row["li_neighbor_distance_angstrom"]) == (
        0.47,
        5.6,
        2.2,
    )


def test_perturbed_coordinates_give_neither_distance_nor_coordination(bench):
    sample = bench.sample()
    bench.structure("noisy", coordinates_basis="perturbed", li_site_occupancy=0.4, density_g_per_cm3=5.0)
    row = bench.of("descriptors", sample)
    assert (row["li_neighbor_distance_angstrom"], row["li_coordination_number"]) == (None, None)
    assert (row["li_site_occupancy"], row["density_g_per_cm3"]) == (0.4, 5.0)


def test_each_descriptor_takes_the_first_record_that_knows_it(bench):
    sample = bench.sample()
    first = bench.structure("cell only", sample=sample, density_g_per_cm3=5.0)
    second = bench.structure("sites", li_site_occupancy=0.4)
    row = bench.of("descriptors", sample)
    assert (row["density_record_id"], row["occupancy_record_id"]) == (first, second)


def test_training_views_hold_samples_with_that_target_and_relation_equal(bench):
    equal, limit, rough = (bench.sample(label) for label in "ABC")
    bench.measure(equal, "total", 1e-4)
    bench.measure(limit, "total", 1e-8, relation="<")
    bench.measure(rough, "total", 1e-5, relation="~")
    assert [row["sample_id"] for row in bench.rows("SELECT * FROM training_total")] == [equal]
    limits = bench.rows("SELECT * FROM training_limits")
    assert [(row["sample_id"], row["target"], row["relation"]) for row in limits] == [(limit, "total", "<")]


def test_training_columns_stand_in_the_order_of_the_interface(bench):
    from analysis.data.targets import DESCRIPTOR_NAMES

    for view in ("training_bulk", "training_grain_boundary", "training_grain_boundary_observed", "training_total"):
        with bench.engine.connect() as connection:
            names = list(connection.exec_driver_sql(f"SELECT * FROM {view}").keys())
        assert names[:4] == ["sample_id", "publication_id", "formula", "structure_class"]
        assert names[4:21] == DESCRIPTOR_NAMES


def test_targets_are_decimal_logarithms_with_the_grain_size_in_cm(bench):
    sample = bench.sample(grain_size_um=2.0)
    bench.measure(sample, "bulk", 1e-3)
    bench.measure(sample, "grain_boundary", 1e-4)
    row = bench.of("training_grain_boundary", sample)
    assert row["log10_bulk_conductivity"] == pytest.approx(-3)
    assert row["log10_observed_grain_boundary_conductivity"] == pytest.approx(-4)
    assert row["log10_grain_boundary_conductance"] == pytest.approx(math.log10(0.5))
    assert row["log10_bulk_per_grain"] == pytest.approx(math.log10(1e-3 / 2e-4))
    assert row["log10_grain_boundary_per_grain"] == pytest.approx(math.log10(0.5 / 2e-4))
