"""Bibliographies in three formats say the same of a publication, and their mistakes carry the key of the entry."""

from types import SimpleNamespace

import pandas as pd
import pytest
from support.seeded import ROOT

from etl.bibliographies.latex import plain_text
from etl.pipeline import examine_file
from etl.readers import recognise
from sse_db.errors import UnknownFormat
from sse_db.records.identity import same_author, same_journal
from sse_db.release.bibliography import write

FOLDER = ROOT / "tests" / "data" / "bibliographies"


def publications(path):
    intake, findings = examine_file(path)
    assert findings.errors == []
    return {draft.values.get("doi") or draft.values["title"]: draft.values for draft in intake.drafts["publications"]}


def test_bibtex_gives_every_column():
    found = publications(FOLDER / "references.bib")
    assert list(found) == ["10.1021/acsami.6b00831", "10.1000/new", "A thesis", "On LiTi2(PO4)3 and friends"]
    tsai = found["10.1021/acsami.6b00831"]
    assert tsai["title"] == "Li7La3Zr2O12 Interface Modification for Li Dendrite Prevention"
    assert tsai["pages"] == "10617–10626"
    assert (tsai["year"], tsai["volume"], tsai["kind"]) == (2016, "8", "article")
    assert tsai["first_author"] == "Tsai, Chih-Long"
    assert "authors" not in tsai, "a list that ends in others is not complete"
    assert found["10.1000/new"]["authors"] == "Wu, Yen-Ju; The Team"
    assert found["10.1000/new"]["journal"] == "J. Power Sources"
    assert (found["A thesis"]["kind"], found["A thesis"]["url"]) == ("thesis", "https://example.org/x")


def test_entries_of_one_doi_or_title_are_one_publication_and_say_so():
    intake, findings = examine_file(FOLDER / "references.bib")
    assert [(each.cell, each.code, each.severity) for each in findings.problems] == [("nodoi", "double-entry", "doubt")]
    joined = next(each for each in intake.drafts["publications"] if each.values.get("doi") == "10.1000/new")
    assert joined.values["pages"] == "7"


KNOWN = {"id": 3, "kind": "article", "title": "On LLZO", "journal": "J", "year": 2016, "volume": None, "pages": None,
         "doi": "10.1000/first", "url": None}  # fmt: skip


@pytest.mark.parametrize(
    ("authors", "first"), [(None, "Shin, Ran-Hee"), ("Shin, Ran-Hee", "Shin, Ran-Hee"), ("Wu, Y.; Li, X.", "Wu, Y.")]
)
def test_what_a_release_says_of_authors_comes_back_and_a_first_one_alone_is_no_complete_list(tmp_path, authors, first):
    frame = pd.DataFrame([{**KNOWN, "authors": authors, "first_author": first}])
    used = {name: pd.DataFrame({"publication_id": [3]}) for name in ("samples", "structural_records")}
    write(SimpleNamespace(publications=frame, frames=used), tmp_path)
    for name in ("references.bib", "references.json"):
        (found,) = publications(tmp_path / name).values()
        assert (found.get("authors"), found["first_author"]) == (authors, first), name
    assert ("and others" in (tmp_path / "references.bib").read_text()) is (authors is None)


def test_ris_gives_every_column():
    found = publications(FOLDER / "references.ris")
    shin = found["10.4191/kcers.2016.53.6.712"]
    assert shin["authors"] == "Shin, Ran-Hee; Ryu, S. S."
    assert (shin["year"], shin["pages"]) == (2016, "712–719")
    assert "Li3BO3" in shin["title"]
    assert found["Some thesis"]["kind"] == "thesis"


def test_csl_json_gives_every_column_and_an_arxiv_number_becomes_its_doi():
    found = publications(FOLDER / "references.json")
    assert found["10.1000/new"]["title"] == "On LiTi2(PO4)3 & friends"
    assert found["10.1000/new"]["year"] == 2020
    assert found["10.48550/arxiv.2001.01234"]["year"] == 2020


def test_every_mistake_carries_the_key_of_its_entry():
    _, findings = examine_file(FOLDER / "mistakes.bib")
    assert [(each.cell, each.column, each.row) for each in findings.errors] == [
        ("broken", "entry", 1), ("wrongdoi", "doi", 4), ("wrongdoi", "year", 4), ("nothing", "entry", 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.ris", "TY  - JOUR\nTI  - a\nTY  - JOUR\nTI  - b\nER  - \n", "no end"),
        ("a.json", '[{"DOI": "10.1000/x"}, 5]', "no object"),
        ("a.json", '[{"DOI": ', "not readable as JSON"),
        ("a.json", "[" * 100_000, "nested"),
        ("a.bib", "@article{a, title = " + "{" * 5000 + "}" * 5000 + "}", "nested"),
        ("a.bib", "@article{a, title={A}, journal=jps}", "jps is not defined"),
        ("a.bib", "no entry at all", "no row of data"),
        ("a.bib", "@article{a, title={A\x01}}", "cannot be printed"),
        (
            "a.bib",
            "@article{a, doi={10.1000/x}, year=2001}\n@article{b, doi={10.1000/X}, year=2002}",
            "2001 in entry a",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_words(tmp_path, name, text, words):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert any(words in problem.message for problem in examine_file(path)[1].errors)


def test_json_that_is_no_bibliography_is_of_unknown_kind(tmp_path):
    path = tmp_path / "datapackage.json"
    path.write_text('{"profile": "data-package"}', encoding="utf-8")
    with pytest.raises(UnknownFormat):
        recognise(path)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        (r"{M}{\"u}ller and {\AA}ngstr\"om", "Müller and Ångström"),
        (r"Li$_7$La$_{3}$Zr$_2$O$_{12}$", "Li7La3Zr2O12"),
        (r"\ce{LiTi2(PO4)3} \& \emph{more}", "LiTi2(PO4)3 & more"),
        (r"O<sub>12</sub> &amp; x < 0.3", "O12 & x < 0.3"),
    ],
)
def test_latex_becomes_what_is_printed(source, printed):
    assert plain_text(source) == printed


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("J. Am. Ceram. Soc.", "Journal of the American Ceramic Society", True),
        ("ACS Appl. Mater. Interfaces", "ACS Applied Materials & Interfaces", True),
        ("J. Alloys Compd.", "Journal of Alloys and Compounds", True),
        ("J. Power Sources", "J. Phys. Sci.", False),
        ("Solid State Ionics", "Solid State Sciences", False),
        ("Ionics", "Solid State Ionics", False),
        ("Ionics", "Inorganics", False),
    ],
)
def test_a_journal_may_be_abbreviated(first, second, same):
    assert same_journal(first, second) is same_journal(second, first) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Wu", "Wu, Yen-Ju", True),
        ("Li Y", "Li, Yutao", True),
        ("Qian Wang", "Wang, Qian", True),
        ("de la Cruz, Anna", "A. de la Cruz", True),
        ("Wu, Y.", "Wang, Y.", False),
        ("Wu Y", "Wang, Yi", False),
    ],
)
def test_an_author_is_known_by_the_surname(first, second, same):
    assert same_author(first, second) is same_author(second, first) is same
