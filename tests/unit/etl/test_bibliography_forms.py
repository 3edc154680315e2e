"""Bibliographies as other programs write them: every entry is read, or told with its line; none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.seeded import ROOT

from etl.bibliographies.latex import read_latex
from etl.pipeline import examine_file
from etl.readers import recognise

FOLDER = ROOT / "tests" / "data" / "bibliographies"


def titles(path: Path) -> list[str]:
    intake, findings = examine_file(path)
    assert findings.errors == []
    return [str(draft.values["title"]) for draft in intake.drafts["publications"]]


def read(text: str, folder: Path, name: str = "a.bib") -> tuple[list[dict[str, object]], list[tuple[str, str]]]:
    """Publications of a text, and its problems as severity and words."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    intake, findings = examine_file(path)
    told = [(each.severity, f"{each.cell}: {each.message}") for each in findings.problems]
    return [draft.values for draft in intake.drafts.get("publications", [])], told


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("keyless.bib", ["First", "No key", "Blanks", "Key omitted", "Last"]),
        ("blank_key.bib", ["First", "Blank key", "Blanks"]),
        ("web_of_science.bib", ["A TITLE", "Second"]),
        ("web_of_science.txt", ["A title that goes on", "Second"]),
        ("one_blank.ris", ["Narrow tags"]),
        ("title_commands.bib", ["Solutions with 0 ≤ x ≤ 0.4 and λ = 1, Li7-x"]),
    ],
)
def test_every_entry_of_other_programs_is_read(name: str, expected: list[str]) -> None:
    assert titles(FOLDER / name) == expected


def test_latex_in_dois_is_resolved() -> None:
    intake, _ = examine_file(FOLDER / "doi_latex.bib")
    assert [draft.values["doi"] for draft in intake.drafts["publications"]] == [
        "10.5555/978-3-319-00000-9_7", "10.5555/(sici)1521-0000(1998)10:8<585::aid-x>3.0.co;2-2", "10.5555/dbl.1",
    ]  # fmt: skip


def test_what_stands_at_a_preprint_server_alone_is_a_preprint() -> None:
    intake, _ = examine_file(FOLDER / "preprint.bib")
    found = {draft.values["doi"]: draft.values["kind"] for draft in intake.drafts["publications"]}
    assert found == {"10.48550/arxiv.2401.01234": "preprint", "10.5555/invented.9": "article"}


@pytest.mark.parametrize(
    ("entry", "doi", "kind"),
    [
        ("@article{a, title={T}, journal={arXiv preprint arXiv:2401.01234}, year={2024}}", "10.48550/arxiv.2401.01234", "preprint"),
        ("@misc{a, title={T}, eprint={2401.01234}, eprinttype={arxiv}}", "10.48550/arxiv.2401.01234", "preprint"),
        ("@online{a, title={T}, url={https://arxiv.org/abs/2401.01234v2}}", "10.48550/arxiv.2401.01234", "preprint"),
        ("@article{a, title={T}, journal={ChemRxiv}, doi={10.26434/chemrxiv-2024-abc}}", "10.26434/chemrxiv-2024-abc", "preprint"),
        ("@article{a, title={T}, journal={Ionics}, doi={10.5555/x}, eprint={2401.01234}}", "10.5555/x", "article"),
    ],
)  # fmt: skip
def test_a_preprint_is_known_by_its_number(entry: str, doi: str, kind: str, tmp_path: Path) -> None:
    ((found,), _) = read(entry, tmp_path)
    assert (found["doi"], found["kind"]) == (doi, kind)


FORMS = {
    "brackets round": ("@article(k, title={T}, year=2000)", "T"),
    "no comma behind a field": ('@article{k, title="T" year=2000}', "T"),
    "double commas": ("@article{k,, title={T},, year=2000,}", "T"),
    "an abbreviation": ('@string{t = "T"}@article{k, title = t # {2}, year=2000}', "T2"),
    "capitals": ("@ARTICLE{K, TITLE={T}, YEAR={2000}, MONTH=JAN}", "T"),
    "blanks everywhere": ("@ article { k , title = { T } , year = 2000 }", "T"),
    "a quote in braces": ('@article{k, title="T {"}q{"}", year=2000}', 'T "q"'),
    "text around": ("written by me@uni.de\n@article{k, title={T}, year=2000}\nend", "T"),
    "a comment in front": ("% Encoding: UTF-8\n@comment{jabref-meta: x}\n@article{k, title={T}, year=2000}", "T"),
    "an @ in a text": ("@article{k, title={T}, abstract={\n@ home}, year=2000}", "T"),
}


@pytest.mark.parametrize(("text", "title"), FORMS.values(), ids=FORMS)
def test_an_entry_that_can_be_read_in_one_way_is_read(text: str, title: str, tmp_path: Path) -> None:
    ((found,), told) = read(text, tmp_path)
    assert (found["title"], found["year"], told) == (title, 2000, [])


TOLD = {
    "not closed": ("@article{k, title={T\n@article{l, title={L}}", "error", "k: the entry cannot be read: it is not closed"),
    "a quote not closed": ('@article{k, title="T, year="2000"}', "error", "k: the entry cannot be read: 2000"),
    "no sign of equality": ("@article{k, title {T}}", "error", "k: the entry cannot be read: title {T}"),
    "no @": ("article{k, title={T}}\n@misc{l, title={L}}", "error", "line 1: this belongs to no entry"),
    "no brace": ("@article k, title\n@misc{l, title={L}}", "error", "line 1: this belongs to no entry"),
    "fields behind the end": ("@misc{k, title={T}}, year={2000}}", "error", "line 1: this belongs to no entry"),
    "a brace too many": ("@misc{k, title={T}}}", "doubt", "line 1: this belongs to no entry"),
    "two titles": ("@article{k, title={T}, title={U}}", "error", "k: title stands twice: T, U"),
    "an unknown word": ("@article{k, title={T}, journal=jps}", "error", "k: the abbreviation jps is not defined"),
    "a misspelt field": ("@article{k, title={T}, yaer={2000}}", "doubt", "k: the field yaer is not known"),
    "a misspelt type": ("@artcle{k, title={T}}", "doubt", "k: artcle is no type of entry"),
    "an unknown command": (r"@article{k, title={\foo{T}}}", "doubt", r"k: the LaTeX command \foo is not known"),
    "a commented entry": ("%@misc{k, title={T}}\n@misc{l, title={L}}", "doubt", "line 1: an entry behind a %"),
    "an entry in a comment": ("@comment{@misc{k, title={T}}}@misc{l, title={L}}", "doubt", "line 1: an entry inside of a comment"),
    "a key twice": ("@misc{k, title={T}}\n@misc{k, title={L}}", "doubt", "k: the key k stands in line 1 already"),
    "a cross-reference": ("@misc{k, title={T}, crossref={l}}", "doubt", "k: what the entry l says of this one was not read"),
    "two years": ("@misc{k, title={T}, year={2019/2020}}", "error", "k: 2019/2020 is no whole number"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "severity", "words"), TOLD.values(), ids=TOLD)
def test_what_is_not_read_is_told_with_its_entry(text: str, severity: str, words: str, tmp_path: Path) -> None:
    _, told = read(text, tmp_path)
    assert any(each[0] == severity and each[1].startswith(words) for each in told), told


RIS = "TY  - JOUR\nAU  - Adam, A\nTI  - T\nPY  - 2000\nER  - \n"
RIS_FORMS = {
    "one blank": RIS.replace("  - ", " - "),
    "indented": "".join(f"   {line}\n" for line in RIS.splitlines()),
    "small letters": RIS.replace("TY", "ty")
    .replace("TI", "ti")
    .replace("PY", "py")
    .replace("ER", "er")
    .replace("AU", "au"),
    "tabs": RIS.replace("  - ", "\t-\t"),
    "a dash": RIS.replace("  - ", "  – "),
    "no blank": RIS.replace("  - ", " -  "),
    "a head and numbers": f"Provider: X\nContent: text/plain\n\n1.\n{RIS}",
    "a long abstract": RIS.replace("PY", "AB  - some words\nIt is long\nPY"),
    "BibTeX under another suffix": "@article{k, author={Adam, A}, title={T}, year={2000}}",
}


@pytest.mark.parametrize("text", RIS_FORMS.values(), ids=RIS_FORMS)
def test_a_ris_entry_is_read_whatever_its_blanks(text: str, tmp_path: Path) -> None:
    ((found,), told) = read(text, tmp_path, "a.ris")
    assert (found["title"], found["year"], found["first_author"], told) == ("T", 2000, "Adam, A", [])


RIS_TOLD = {
    "no end": ("TY  - JOUR\nTI  - T\n", "error", "line 1: the entry has no end"),
    "no hyphen": (RIS.replace("PY  - ", "PY  "), "error", "line 1: line 4 has no tag"),
    "half a tag": (RIS.replace("PY  -", "Y  -"), "error", "line 1: line 4 has no tag"),
    "an unknown tag": (RIS.replace("PY", "YP"), "doubt", "None: not read, for want of a meaning: YP (line 4)"),
    "behind the end": (f"{RIS}DO  - 10.5555/x\n", "error", "line 6: the line belongs to no entry"),
    "in front": (f"DO  - 10.5555/x\n{RIS}", "error", "line 1: the line belongs to no entry"),
    "two titles": (RIS.replace("PY", "TI  - U\nPY"), "error", "line 1: TI (title) stands twice, in line 4 again"),
}


@pytest.mark.parametrize(("text", "severity", "words"), RIS_TOLD.values(), ids=RIS_TOLD)
def test_a_ris_line_that_is_not_read_is_told(text: str, severity: str, words: str, tmp_path: Path) -> None:
    _, told = read(text, tmp_path, "a.ris")
    assert any(each[0] == severity and each[1].startswith(words) for each in told), told


def test_a_text_is_a_bibliography_by_what_it_begins_with(tmp_path: Path) -> None:
    for name, text in (("a.txt", RIS), ("b.txt", "FN Clarivate\nVR 1.0\nPT J\n"), ("c.ciw", "PT J\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert recognise(tmp_path / name) == "bibliography"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        (r"Li\textsubscript{7}La$_3$ at 10$^{-4}$ S/cm and 25\,$^\circ$C", "Li7La3 at 10⁻⁴ S/cm and 25 °C"),
        (r"$\mathrm{Li}_{6.4}\mathrm{La}_{3}$, $x \geq 0.2$", "Li6.4La3, x ≥ 0.2"),
        (r"\'{E}tude d'\'electrolytes, \v{S}koda {\AA}", "Étude d'électrolytes, Škoda Å"),
        (r"50 % of A & B \% \& \texttt{C}, 5 \textless 6", "50 % of A & B % & C, 5 <6"),
        (r"\ensuremath{\beta}-Al$_2$O$_3$ -- \emph{in situ}", "β-Al2O3 – in situ"),
    ],
)
def test_symbols_and_commands_become_what_is_printed(source: str, printed: str) -> None:
    assert read_latex(source) == (printed, ())
