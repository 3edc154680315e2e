"""Small corrections: each goes through the rules of an import, is one batch, and can be taken back exactly."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from support.intakes import composition, make_intake, measurement, publication, sample, step, structure
from support.logical_dump import exact_dump, logical_dump
from support.typed import typed, words

from etl.curation.publications import add_publication, edit_publication
from etl.curation.removal import remove_row
from etl.curation.samples import add_sample, edit_sample
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from sse_db.errors import AlreadyThere, NotFound, RefusedFile, RemovalRefused, UndoRefused, WrongUsage
from sse_db.records.events import list_batches

LLZO = "Li7La3Zr2O12"


@pytest.fixture
def desk(engine):
    """A database with one garnet in two samples; the first has steps and conductivities."""
    source = publication(title="A garnet", year=2020)
    first = sample(source, "A", LLZO, grain_size_um=3.5, grain_size_basis="reported")
    second = sample(source, "B", LLZO)
    drafts = [
        source, composition(LLZO), first, second, step(first, 1, "calcination", temperature_c=900.0),
        step(first, 2, temperature_c=1100.0, duration_h=6.0), measurement(first, 1e-4, "bulk"),
        measurement(first, 5e-5), measurement(first, 2e-4, temperature=50.0), measurement(second, 1e-6),
        structure("sheet:1|A", parents={"sample_id": first.key}),
    ]  # fmt: skip
    load_intake(engine, make_intake(*drafts), curator="ada")
    return engine


def row(engine, table, row_id):
    with engine.connect() as connection:
        return dict(connection.execute(sa.text(f"SELECT * FROM {table} WHERE id = {row_id}")).mappings().one())


def values(engine, sql):
    with engine.connect() as connection:
        return [tuple(each) for each in connection.execute(sa.text(sql))]


def edit(engine, reference="1", curator="eve", **told):
    return edit_sample(engine, reference, words(**told), curator=curator)


def fault(engine, **told):
    with pytest.raises(RefusedFile) as refused:
        edit(engine, **told)
    (problem,) = refused.value.problems
    return problem


def test_a_wrong_conductivity_is_corrected_under_the_curators_name_and_taken_back(desk):
    before = exact_dump(desk)
    report = edit(desk, measurements=("bulk @ 25 °C = 3.2(1)×10−4 S/cm",))
    assert values(
        desk, "SELECT conductivity_s_per_cm, uncertainty_s_per_cm FROM impedance_measurements WHERE id = 1"
    ) == [(3.2e-4, 1e-5)]
    batch = list_batches(desk)[-1]
    assert (batch["id"], batch["curator"], batch["file"]) == (report.batch.id, "eve", "sample edit 1")
    assert batch["changed"] == {"impedance_measurements": 1}
    undo_batch(desk, report.batch.id, curator="eve")
    assert exact_dump(desk) == before


def test_what_was_written_is_kept_beside_the_corrected_value(desk):
    edit(desk, grain_size_um="0.4 mm", measurements=("total @ 25 = <1E-10",))
    assert '"grain_size_um": "0.4 mm"' in row(desk, "samples", 1)["as_written"]
    measured = row(desk, "impedance_measurements", 2)
    assert (measured["relation"], measured["conductivity_s_per_cm"]) == ("<", 1e-10)
    edit(desk, measurements=("total @ 25 = 4e-5",))
    assert row(desk, "impedance_measurements", 2)["relation"] == "="
    assert row(desk, "impedance_measurements", 2)["as_written"] is None


def test_a_conductivity_moves_to_another_contribution_and_temperature(desk):
    edit(desk, measurements=("1: contribution = grain boundary; temperature = RT; place = Table 2",))
    moved = row(desk, "impedance_measurements", 1)
    assert (moved["contribution"], moved["temperature_c"], moved["temperature_basis"]) == (
        "grain_boundary",
        25.0,
        "room_temperature",
    )
    assert moved["source_location"] == "Table 2"


def test_a_place_that_another_value_has_is_refused(desk):
    before = exact_dump(desk)
    assert "is taken by another row" in fault(desk, measurements=("bulk @ 25: contribution = total",)).message
    assert exact_dump(desk) == before


def test_missing_values_are_filled_and_new_rows_added(desk):
    report = edit(
        desk, "B", grain_size_um="2 – 4 µm", additive_formula="Li2O", additive_wt_percent="2",
        steps=("sintering: temperature = 1423 K; time = 360 min", "annealing: temperature = 700"),
        measurements=("bulk @ -20 °C = 1e-6", "gb @ not stated = 2e-6"), energies=("total = 30 kJ/mol",),
    )  # fmt: skip
    stored = row(desk, "samples", 2)
    assert (stored["grain_size_um"], stored["grain_size_lower_um"], stored["grain_size_basis"]) == (
        3.0,
        2.0,
        "range_midpoint",
    )
    assert (stored["additive_present"], stored["additive_wt_percent"]) == (1, 2.0)
    steps = values(
        desk, "SELECT position, operation, temperature_c, duration_h FROM processing_steps WHERE sample_id=2"
    )
    assert steps == [(1, "sintering", pytest.approx(1149.85), 6.0), (2, "annealing", 700.0, None)]
    assert report.batch.added == {"processing_steps": 2, "impedance_measurements": 2, "activation_energies": 1}
    assert row(desk, "activation_energies", 1)["source_row"] == "by hand"


def test_old_values_that_described_the_corrected_one_go_with_it(desk):
    edit(desk, grain_size_um="2-4", additive_formula="none", synthesis_method_text="sol-gel")
    assert row(desk, "samples", 1)["additive_wt_percent"] == 0.0
    edit(desk, grain_size_um="7", additive_formula="Al2O3", synthesis_method_text="Pechini")
    stored = row(desk, "samples", 1)
    assert (stored["grain_size_um"], stored["grain_size_lower_um"], stored["grain_size_basis"]) == (
        7.0,
        None,
        "reported",
    )
    assert (stored["additive_present"], stored["additive_wt_percent"]) == (1, None)
    assert stored["synthesis_method"] == "pechini"
    edit(desk, additive_wt_percent="0")
    assert row(desk, "samples", 1)["additive_present"] == 1, "a content alone does not unsay the additive"


def test_an_empty_text_empties_a_column(desk):
    edit(desk, grain_size_um="", additive_formula="-", steps=("2: time = ",))
    stored = row(desk, "samples", 1)
    assert (stored["grain_size_um"], stored["grain_size_basis"]) == (None, None)
    assert row(desk, "processing_steps", 2)["duration_h"] is None
    assert "cannot be empty" in fault(desk, label=" ").message


def test_a_corrected_formula_changes_the_composition_and_leaves_no_unused_one(desk):
    before = exact_dump(desk)
    edit(desk, formula_as_written="Li6.4La3Zr1.4Ta0.6O12")
    assert len(values(desk, "SELECT id FROM compositions")) == 2
    report = edit(desk, "B", formula_as_written="Li6.4La3Zr1.4Ta0.6O12")
    assert values(desk, "SELECT formula FROM compositions") == [("Li6.4La3Ta0.6Zr1.4O12",)]
    assert report.batch.removed == {"composition_elements": 4, "compositions": 1}
    for batch in (report.batch.id, report.batch.id - 1):
        undo_batch(desk, batch, curator="eve")
    assert exact_dump(desk) == before


def test_rows_below_a_sample_are_taken_away_and_come_back(desk):
    before = exact_dump(desk)
    report = edit(
        desk, without_steps=("1",), without_measurements=("bulk", "total @ 50 °C"), steps=("2: position = 1",)
    )
    assert values(desk, "SELECT position, operation FROM processing_steps") == [(1, "sintering")]
    assert values(desk, "SELECT count(*) FROM impedance_measurements WHERE sample_id = 1") == [(1,)]
    undo_batch(desk, report.batch.id, curator="eve")
    assert exact_dump(desk) == before


@pytest.mark.parametrize(
    ("told", "cell", "words"),
    [
        ({"structure_class": "garnat"}, "--structure_class", "not a word"),
        ({"grain_size_um": "3000000"}, "--grain_size_um", "beyond the limits"),
        ({"grain_size_um": "3 kg"}, "--grain_size_um", "kg"),
        ({"formula_as_written": "LLZO"}, "--formula_as_written", "LLZO"),
        ({"measurements": ("bulkk @ 25 = 1e-4",)}, "--measurement", "bulkk"),
        ({"measurements": ("total = 1e-4",)}, "--measurement", "several rows"),
        ({"measurements": ("grain boundary = 1e-4",)}, "--measurement", "which temperature"),
        ({"measurements": ("bulk @ 25 = 1e9",)}, "--measurement", "beyond the limits"),
        ({"measurements": ("99 = 1e-4",)}, "--measurement", "no 99"),
        ({"steps": ("3: temperature = 900",)}, "--step", "no operation"),
        ({"steps": ("sintring: temperature = 900",)}, "--step", "no operation"),
        ({"without_measurements": ("grain boundary @ 25",)}, "--remove-measurement", "no grain boundary"),
        ({"remark": "a\x01b"}, "--remark", "cannot be printed"),
    ],
)
def test_mistakes_are_located_and_change_nothing(desk, told, cell, words):
    before = exact_dump(desk)
    problem = fault(desk, **told)
    assert problem.cell == cell
    assert words in problem.message
    assert exact_dump(desk) == before


def test_a_word_that_is_nearly_known_is_offered(desk):
    assert "garnet" in fault(desk, structure_class="garnat").hint
    with pytest.raises(WrongUsage) as refused:
        edit(desk, steps=("2: temprature = 900",))
    assert "temperature" in refused.value.hint


def test_a_correction_that_says_what_is_there_writes_nothing(desk):
    assert edit(desk, grain_size_um="3.5", measurements=("bulk @ 25 = 1e-4",)).batch.id is None
    assert len(list_batches(desk)) == 1
    with pytest.raises(WrongUsage):
        edit(desk)


def test_a_correction_that_looks_like_a_slip_is_doubted(desk):
    report = edit(desk, measurements=("bulk @ 25 = 1e-6",))
    assert any("bulk" in doubt.message for doubt in report.doubts)


def test_a_nominal_room_temperature_is_not_taken_for_a_stated_one_in_silence(desk):
    report = edit(desk, measurements=("bulk @ RT = 2e-4",))
    assert report.batch.added == {"impedance_measurements": 1}
    assert any("another row than bulk · 25 °C" in doubt.message for doubt in report.doubts)


def test_a_change_after_a_review_is_told(desk):
    edit_publication(desk, "1", typed(review_state="reviewed"), curator="eve")
    report = edit(desk, grain_size_um="9")
    assert any("reviewed by eve before this change" in doubt.message for doubt in report.doubts)


def test_a_label_that_another_sample_has_leads_to_merging(desk):
    assert "merge samples" in fault(desk, label="B").hint


def test_a_sample_is_added_whole_and_only_once(desk):
    before = logical_dump(desk)
    told = words(
        "10.1000/X", label="C", formula_as_written="Li6.5La3Zr1.5Nb0.5O12", structure_class="garnet",
        steps=("sintering: temperature = 1200; time = 12",), measurements=("total @ RT = 0.3 mS/cm",),
    )  # fmt: skip
    report = add_sample(desk, told, curator="eve")
    assert row(desk, "samples", report.row_id)["label"] == "C"
    assert values(
        desk,
        f"SELECT conductivity_s_per_cm, temperature_basis FROM impedance_measurements WHERE sample_id={report.row_id}",
    ) == [(3e-4, "room_temperature")]
    with pytest.raises(AlreadyThere, match=f"sample {report.row_id} already"):
        add_sample(desk, told, curator="eve")
    undo_batch(desk, report.batch.id, curator="eve")
    assert logical_dump(desk) == before


def test_a_sample_needs_a_publication_that_is_there(desk):
    with pytest.raises(WrongUsage):
        add_sample(desk, words(label="C"), curator="eve")
    with pytest.raises(NotFound):
        add_sample(desk, words("10.1000/unknown", label="C"), curator="eve")


def test_a_publication_is_added_by_a_doi_in_any_spelling_and_only_once(engine):
    report = add_publication(
        engine, typed(doi="https://doi.org/10.1000/ABC", title="A paper", year="2021"), curator="eve"
    )
    assert row(engine, "publications", report.row_id)["doi"] == "10.1000/abc"
    for known in ({"doi": "doi:10.1000/abc"}, {"title": "a PAPER", "year": "2021"}):
        with pytest.raises(AlreadyThere):
            add_publication(engine, typed(**known), curator="eve")
    with pytest.raises(WrongUsage):
        add_publication(engine, typed(year="2021"), curator="eve")


def test_a_review_is_signed_and_dated_and_can_be_withdrawn(desk):
    edit_publication(desk, "10.1000/x", typed(review_state="reviewed"), curator="eve")
    reviewed = row(desk, "publications", 1)
    assert (reviewed["review_state"], reviewed["reviewed_by"]) == ("reviewed", "eve")
    assert reviewed["reviewed_at"].startswith("20")
    edit_publication(desk, "1", typed(review_state="draft"), curator="eve")
    assert row(desk, "publications", 1)["reviewed_by"] is None


def test_a_corrected_title_is_found_by_its_new_spelling(desk):
    edit_publication(desk, "A garnet", typed(title="A Garnet!", year="2021"), curator="eve")
    assert row(desk, "publications", 1)["title"] == "A Garnet!"
    edit_publication(desk, "a garnet", typed(doi=""), curator="eve")
    assert row(desk, "publications", 1)["doi"] is None
    with pytest.raises(RefusedFile, match="refused"):
        edit_publication(desk, "1", typed(title=""), curator="eve")


def test_a_removal_is_refused_with_the_list_of_what_hangs_on_the_row(desk):
    before = exact_dump(desk)
    with pytest.raises(RemovalRefused) as refused:
        remove_row(desk, "publications", "1", take_along=False, curator="eve")
    assert len(refused.value.rows) == 2 + 2 + 4 + 1
    assert any("bulk · 25 °C" in each for each in refused.value.rows)
    assert exact_dump(desk) == before


def test_what_was_removed_with_all_that_hung_on_it_comes_back_exactly(desk):
    before = exact_dump(desk)
    report = remove_row(desk, "publications", "10.1000/x", take_along=True, curator="eve")
    assert not any(exact_dump(desk).values()), "the composition is not needed any more"
    undo_batch(desk, report.batch.id, curator="eve")
    assert exact_dump(desk) == before


def test_a_structure_that_came_by_itself_waits_again_when_its_sample_goes(desk):
    waiting = structure("sha256:2|B", awaits_doi="10.1000/x", awaits_sample_label="B")
    load_intake(desk, make_intake(waiting, name="b.cif"), curator="ada")
    linked = exact_dump(desk)
    report = remove_row(desk, "samples", "2", take_along=True, curator="eve")
    assert values(desk, "SELECT sample_id FROM structural_records WHERE label = 'B'") == [(None,)]
    undo_batch(desk, report.batch.id, curator="eve")
    assert exact_dump(desk) == linked


def test_taking_back_a_removal_is_refused_when_the_rows_came_in_again(desk):
    report = remove_row(desk, "samples", "B", take_along=True, curator="eve")
    add_sample(desk, words("1", label="B"), curator="eve")
    with pytest.raises(UndoRefused, match="stand in the way"):
        undo_batch(desk, report.batch.id, curator="eve")


def test_a_trial_of_every_kind_writes_nothing(desk):
    before = exact_dump(desk)
    edit_sample(desk, "1", words(grain_size_um="9"), curator="eve", dry_run=True)
    remove_row(desk, "samples", "1", take_along=True, curator="eve", dry_run=True)
    add_publication(desk, typed(doi="10.1000/n"), curator="eve", dry_run=True)
    assert exact_dump(desk) == before
    assert len(list_batches(desk)) == 1
