"""One paper and one sample have one name, in whatever spelling they come."""

from __future__ import annotations

import pytest

from sse_db.records.identity import UnreadableDoi, normalise_doi
from sse_db.spelling import loose_label, plain_label

SICI = "10.5555/(sici)1521-0000(1998)10:8<585::aid-x>3.0.co;2-2"
SPELLINGS = {
    "10.5555/abc_1": [
        "10.5555/abc_1", "10.5555/ABC_1", "doi:10.5555/abc_1", "DOI: https://dx.doi.org/10.5555/abc_1.", "(10.5555/abc_1)",
        "10.5555/abc_1?via=ihub", r"10.5555/abc\_1", r"10.5555/abc{\_}1", r"10.5555/abc\textunderscore{}1", "{10.5555/abc_1}",
        "10.5555/abc\u200b_1", "\ufeff10.5555/abc_1\u00ad", "10.5555/abc_1/full", "10.5555/abc_1.full.pdf", "10.5555/abc_1/",
        "10.5555/abc%5F1", "10.5555／abc_1", "<https://doi.org/10.5555/abc_1>", "“10.5555/abc_1”", "10.5555/abc_1;jsessionid=AB1",
        r"\url{https://doi.org/10.5555/abc_1}", "http://dx.doi.org/doi:10.5555/abc_1", "info:doi/10.5555/abc_1",
        "https://pubs.acs.org/doi/10.5555/abc_1", "https://pubs.acs.org/doi/abs/10.5555/abc_1?src=recsys&journalCode=x",
        "https://pubs-acs-org.proxy.uni.edu/doi/10.5555/abc_1", "https://onlinelibrary.wiley.com/doi/full/10.5555/abc_1#abstract",
        "https://onlinelibrary.wiley.com/doi/epdf/10.5555/abc_1", "https://link.springer.com/content/pdf/10.5555%2Fabc_1.pdf",
        "https://x.org/show?doi=10.5555%2Fabc_1&lang=en", "https://iopscience.iop.org/article/10.5555/abc_1/meta",
        "https://www.science.org/doi/suppl/10.5555/abc_1/suppl_file/x_si.pdf", "doi.org/10.5555/abc_1", "10.5555/abc_1&rfr_id=x",
    ],
    "10.48550/arxiv.2401.01234": [
        "arXiv:2401.01234", "arXiv:2401.01234v2", "https://arxiv.org/abs/2401.01234", "https://arxiv.org/pdf/2401.01234v1.pdf",
        "arXiv:2401.01234 [cond-mat.mtrl-sci]", "https://doi.org/10.48550/arXiv.2401.01234v3",
    ],
    "10.48550/arxiv.cond-mat/0601234": ["arXiv:cond-mat/0601234"],
    SICI: [
        "10.5555/(SICI)1521-0000(1998)10:8<585::AID-X>3.0.CO;2-2", "10.5555/(SICI)1521-0000(1998)10:8&lt;585::AID-X&gt;3.0.CO;2-2",
        r"10.5555/(SICI)1521-0000(1998)10:8{\textless}585::AID-X{\textgreater}3.0.CO;2-2",
        "https://x.org/doi/10.5555/(SICI)1521-0000(1998)10:8%3C585::AID-X%3E3.0.CO;2-2/abstract",
    ],
    "10.5555/1096(2000)4:4<1::aid-c>3.0.co;2-#": ["10.5555/1096(2000)4:4%3C1::AID-C%3E3.0.CO;2-%23"],
    "10.5555/s0167-2738(99)00123-4": ["(10.5555/S0167-2738(99)00123-4)", "10.5555/S0167–2738(99)00123‑4"],
    "10.5555/s0167-2738(99)": ["10.5555/S0167-2738(99)"],
}  # fmt: skip


@pytest.mark.parametrize(("doi", "text"), [(doi, text) for doi, texts in SPELLINGS.items() for text in texts])
def test_a_doi_in_any_spelling_is_one(doi: str, text: str) -> None:
    assert normalise_doi(text) == doi
    assert normalise_doi(doi) == doi


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10.5555/a;10.5555/b", "more than one DOI"),
        ("10.5555/a, 10.5555/b", "more than one DOI"),
        ("see 10.5555/a", "see stands before it"),
        ("10.5555/аbc", "is no DOI"),  # a Cyrillic letter
        ("10.5555/a b", "is no DOI"),
        (r"10.5555/a\b", "is no DOI"),
        ("10/abc", "is no DOI"),
        ("https://www.sciencedirect.com/science/article/pii/S0167", "is no DOI"),
    ],
)
def test_what_is_no_doi_alone_is_refused(text: str, words: str) -> None:
    with pytest.raises(UnreadableDoi, match=words):
        normalise_doi(text)


@pytest.mark.parametrize(
    "label", ["SL−1", "SL–1", "SL‐1", "SL‑1", "\ufeffSL-1", "SL\u00ad-1", "SL-\u200b1", " SL-1\u00a0"]
)
def test_labels_that_look_alike_are_one(label: str) -> None:
    assert plain_label(label) == "SL-1"


@pytest.mark.parametrize("label", ["LATP 900", "LATP_900", "latp-900", "LATP900", "LATP−900"])
def test_labels_that_differ_by_hyphen_blank_or_capitals_may_be_one(label: str) -> None:
    assert loose_label(label) == loose_label("LATP-900")


@pytest.mark.parametrize("label", ["SL-2", "SL-1'", "SL-1a", "SL.1", "SL+1"])
def test_other_labels_stay_others(label: str) -> None:
    assert loose_label(label) != loose_label("SL-1")


@pytest.mark.parametrize("text", ["10.5555/a<b>", "<10.5555/a<b>>", "10.5555/a&lt;b&gt;"])
def test_a_doi_keeps_its_own_angle_brackets(text: str) -> None:
    assert normalise_doi(text) == "10.5555/a<b>"
