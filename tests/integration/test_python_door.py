"""The door for notebooks keeps scikit-learn's conventions."""

import pytest
from sklearn.dummy import DummyRegressor
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from support import seed_counts

import sse_db
from sse_db.errors import DatabaseMissing, NotADatabase, NotFound, QueryRefused


@pytest.fixture(scope="module")
def db(seed_url):
    with sse_db.open(seed_url) as opened:
        yield opened


def test_a_training_set_is_what_scikit_learn_takes(db):
    X, y, groups = db.training_set("bulk")
    assert X.shape == (len(y), 17)
    assert X.index.equals(y.index)
    assert X.index.equals(groups.index)
    scores = cross_val_score(make_pipeline(DummyRegressor()), X, y, groups=groups, cv=GroupKFold(5))
    assert len(scores) == 5


def test_targets_divided_by_grain_size_leave_it_out_of_the_descriptors(db):
    X, _, _ = db.training_set("bulk-per-grain")
    assert "grain_size_um" not in X.columns
    assert X.shape[1] == 16


def test_complete_mode_has_no_gaps(db):
    X, _, _ = db.training_set("total", mode="complete")
    assert not X.isna().any().any()


def test_queries_return_frames_and_cannot_write(db):
    assert (
        db.query("SELECT count(*) AS n FROM samples WHERE structure_class = :c", {"c": "garnet"})["n"].item()
        == seed_counts.GARNETS
    )
    with pytest.raises(QueryRefused):
        db.query("DELETE FROM samples")


def test_targets_may_be_named_with_underscores(db):
    X, _, _ = db.training_set("grain_boundary_observed")
    assert X.equals(db.training_set("grain-boundary-observed")[0])


def test_an_unknown_target_or_mode_is_refused_with_those_that_there_are(db):
    with pytest.raises(NotFound, match="targets are bulk, grain-boundary, grain-boundary-observed"):
        db.training_set("gold")
    with pytest.raises(NotFound, match="modes are native, complete"):
        db.training_set("bulk", mode="foo")


def test_columns_without_any_value_are_numbers_where_the_schema_says_so(db):
    assert db.training_set("bulk")[0].dtypes.eq("float64").all()
    frame = db.query("SELECT grain_size_um, additive_formula, 1 AS one, NULL AS other FROM samples WHERE 0 = 1")
    assert frame["grain_size_um"].dtype == "float64"
    assert frame["additive_formula"].dtype == "str"
    empty = db.query("SELECT additive_wt_percent, li_coordination_number FROM training_grain_boundary")
    assert empty.notna().sum().sum() == 0
    assert empty.dtypes.eq("float64").all()
    assert (
        db.view("training_grain_boundary")[["additive_wt_percent", "li_coordination_number"]].dtypes.eq("float64").all()
    )
    assert db.view("training_limits").dtypes["formula"] == "str"


@pytest.mark.one_system("files that hold no database are files")
def test_a_file_that_is_no_database_of_ours_is_told_so(tmp_path):
    (tmp_path / "text.db").write_text("not a database, whatever its name says" * 9, encoding="utf-8")
    with pytest.raises(NotADatabase, match=r"text\.db is not an SQLite database") as told:
        sse_db.open(tmp_path / "text.db")
    assert "not a database" not in told.value.hint
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotADatabase, match="no sse-db schema"):
        sse_db.open(tmp_path / "empty.db")


def test_unknown_names_and_missing_files_are_named(db, tmp_path):
    with pytest.raises(NotFound, match="gold"):
        db.training_set("gold")
    with pytest.raises(NotFound, match="nowhere"):
        db.view("nowhere")
    with pytest.raises(DatabaseMissing):
        sse_db.open(tmp_path / "no.db")
