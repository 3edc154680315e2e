"""Structure types: what a source states, else what the rule makes of class and space group, else nothing."""

import pandas as pd
import pytest
from support import homes
from support.bench import Bench

from analysis.data.targets import DESCRIPTOR_NAMES
from analysis.figures.embedding import draw_embedding
from sse_db.vocabulary import StructureClass


@pytest.fixture(scope="module", params=homes.SYSTEMS)
def bench(request, tmp_path_factory):
    with homes.blank(request.param, tmp_path_factory.mktemp("types") / "bench.db") as url:
        found = Bench(url)
        yield found
        found.engine.dispose()


@pytest.fixture
def kind(bench, request):
    """A function that adds a sample of a composition of its own and gives its row of the view; records are pairs of space
    group and further columns."""
    count = iter(range(1, 9))

    def of(group=None, records=(), structure_class="garnet", **values):
        name = f"{request.node.name} {next(count)}"
        amount = 1 + int.from_bytes(name.encode()) % 9973 / 10000
        formula = f"Li{amount:.4f}La3O12"
        symbol = None if group is None else f"group {group}"
        sample = bench.sample(
            name,
            formula,
            structure_class=structure_class,
            space_group_number=group,
            space_group_symbol=symbol,
            **values,
        )
        for place, (number, further) in enumerate(records):
            linked = sample if further.pop("linked", False) else None
            bench.structure(f"{name} {place}", formula, linked, space_group_number=number, **further)
        row = bench.of("structure_types", sample)
        return row["structure_type"], row["structure_type_basis"]

    return of


@pytest.mark.parametrize(
    ("structure_class", "group", "found"),
    [
        ("garnet", 230, "Li5La3Sb2O12"),
        ("garnet", 142, "Li5La3Sb2O12, I41/acd"),
        ("perovskite", 221, "CaTiO3"),
        ("perovskite", 123, "CaTiO3, P4/mmm"),
        ("NASICON", 167, "NaZr2(PO4)3"),
    ],
)
def test_a_type_is_assigned_from_class_and_space_group(kind, structure_class, group, found):
    assert kind(group, structure_class=structure_class) == (found, "assigned")


def test_what_the_source_states_stands(kind):
    assert kind(230, structure_type="Ca3Al2Si3O12") == ("Ca3Al2Si3O12", "stated")


def test_without_a_group_or_with_one_that_is_no_variant_of_the_class_there_is_no_type(kind):
    assert kind(None) == (None, None)
    assert kind(225) == (None, None)
    assert kind(14, structure_class="NASICON") == (None, None)
    assert kind(230, structure_class=None) == (None, None)


def test_the_group_of_records_counts_where_the_sample_states_none_and_they_agree(kind):
    assert kind(None, [(230, {}), (230, {}), (None, {})]) == ("Li5La3Sb2O12", "assigned")
    assert kind(142, [(230, {})]) == ("Li5La3Sb2O12, I41/acd", "assigned")
    assert kind(None, [(230, {}), (142, {})]) == (None, None)


def test_a_record_of_the_sample_itself_comes_before_others_of_its_composition(kind):
    assert kind(None, [(230, {}), (142, {"linked": True})]) == ("Li5La3Sb2O12, I41/acd", "assigned")


def test_a_hot_record_and_one_of_a_neighbouring_composition_say_nothing_of_a_sample(kind):
    assert kind(None, [(230, {"temperature_c": 400.0, "temperature_basis": "stated"})]) == (None, None)
    assert kind(None, [(230, {"match": "close"})]) == (None, None)


def test_every_class_of_the_rule_is_a_word_of_the_vocabulary(bench):
    from sse_db.views import read_select

    rule = read_select("structure_types").partition("VALUES")[2].partition(")\n\n")[0]
    named = {line.split("'")[1] for line in rule.splitlines() if line.strip().startswith("(")}
    assert named
    assert named <= {str(word.value) for word in StructureClass}


def test_the_map_says_how_many_types_are_stated_assigned_and_unknown():
    frame = pd.DataFrame({name: range(8) for name in DESCRIPTOR_NAMES}).astype(float)
    frame = frame.assign(
        sample_id=range(8), publication_id=1, label="A", formula="LiI", doi=None, log10_total=-4.0, element_set="I-Li",
        structure_type_or_class=["CaTiO3"] * 5 + ["garnet (class)"] * 2 + [None],
        structure_type_basis=["stated"] * 2 + ["assigned"] * 3 + [None] * 3,
    )  # fmt: skip
    figure = draw_embedding(frame, DESCRIPTOR_NAMES)[2]
    assert "stated of 2, assigned to 3" in figure.caption
    assert "not known of 2, which are shown by class; 1 without type and class are not shown" in figure.caption
    assert figure.data["structure_type_or_class"].nunique() == 2
