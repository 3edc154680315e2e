"""What the report says of grain size, grain boundary and sintering together."""

import pandas as pd
from support.seeded import seed_path

from analysis.report.sections.base import read_samples
from analysis.report.sections.triples import find_triples
from sse_db.database.engine import open_engine


def samples(*rows):
    names = ("publication_id", "label", "grain_size_um", "grain_boundary_relation", "sintering_temperature_c")
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(reference=frame["publication_id"].map("Paper {}".format))


def test_the_seed_has_the_triples_that_were_counted_with_its_facts():
    engine = open_engine(str(seed_path()))
    found = find_triples(read_samples(engine))
    engine.dispose()
    assert (found["size_and_boundary"], len(found["triples"]), len(found["pairs"])) == (3, 2, 1)
    assert any("LTO" in name for name in found["pairs"])


def test_limits_and_what_is_missing_make_no_triple():
    found = find_triples(
        samples(
            (1, "A", 2.0, "=", 900.0), (1, "B", 2.0, "<", 900.0), (2, "C", None, "=", 900.0), (2, "D", 3.0, "=", None)
        )
    )
    assert found["triples"] == ["A (Paper 1)"]
    assert found["pairs"] == ["D (Paper 2)"]
    assert (found["samples_wanted"], found["publications_wanted"]) == (18, 6)


def test_the_papers_that_would_unlock_most_come_first():
    rows = [(1, "A", None, "=", 900.0), *((2, label, None, "=", 900.0) for label in "BC"), (3, "D", 1.0, None, 900.0)]
    found = find_triples(samples(*rows))
    assert found["lacking_size"] == [{"reference": "Paper 2", "samples": 2}, {"reference": "Paper 1", "samples": 1}]
    assert found["lacking_size_samples"] == 3
    assert found["lacking_boundary"] == [{"reference": "Paper 3", "samples": 1}]
