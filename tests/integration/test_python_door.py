"""The door for notebooks keeps scikit-learn's conventions."""

import pytest
from sklearn.dummy import DummyRegressor
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline

import sse_db
from etl.load import load_intake
from etl.pipeline import check_file, find_files
from sse_db.engine import open_engine
from sse_db.errors import DatabaseMissing, NotFound, QueryRefused
from sse_db.migrate import upgrade


@pytest.fixture(scope="module")
def db(tmp_path_factory, root):
    path = tmp_path_factory.mktemp("door") / "sse.db"
    engine = open_engine(str(path), must_exist=False)
    upgrade(engine.url)
    for file in find_files([root / "seed_data" / "literature"])[0]:
        load_intake(engine, check_file(file), curator="tester")
    engine.dispose()
    with sse_db.open(path) as opened:
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
    assert db.query("SELECT count(*) AS n FROM samples WHERE structure_class = :c", {"c": "garnet"})["n"].item() == 55
    with pytest.raises(QueryRefused):
        db.query("DELETE FROM samples")


def test_unknown_names_and_missing_files_are_named(db, tmp_path):
    with pytest.raises(NotFound, match="gold"):
        db.training_set("gold")
    with pytest.raises(NotFound, match="nowhere"):
        db.view("nowhere")
    with pytest.raises(DatabaseMissing):
        sse_db.open(tmp_path / "no.db")
