"""Bibliographies: which field of BibTeX, RIS and CSL-JSON feeds which column, and what their types of work mean."""

from __future__ import annotations

from sse_db.vocabulary import PublicationKind

BIBTEX = {
    "doi": ("doi",),
    "title": ("title",),
    "journal": ("journal", "journaltitle", "booktitle", "publisher", "school", "institution"),
    "year": ("year", "date"),
    "volume": ("volume",),
    "pages": ("pages", "eid", "article-number"),
    "url": ("url",),
}
"""Column to the fields that may hold it, the first one that is filled goes."""

RIS = {
    "doi": ("doi",),
    "title": ("title", "primary_title"),
    "journal": ("alternate_title3", "journal_name", "secondary_title", "alternate_title2", "publisher"),
    "year": ("year", "publication_year", "date"),
    "volume": ("volume",),
    "pages": ("start_page",),
    "url": ("urls",),
}

CSL = {
    "doi": ("DOI",),
    "title": ("title",),
    "journal": ("container-title", "publisher"),
    "year": ("issued", "published", "published-print", "published-online"),
    "volume": ("volume",),
    "pages": ("page", "article-number"),
    "url": ("URL",),
}

KINDS = {
    PublicationKind.ARTICLE: ("article", "jour", "ejour", "article-journal", "journal-article", "magn"),
    PublicationKind.PREPRINT: ("unpublished", "unpb", "posted-content", "preprint"),
    PublicationKind.CONFERENCE: (
        "inproceedings", "conference", "proceedings", "conf", "cpaper", "paper-conference", "proceedings-article",
    ),
    PublicationKind.THESIS: ("phdthesis", "mastersthesis", "thesis", "thes", "dissertation"),
    PublicationKind.REPORT: ("techreport", "report", "rprt"),
    PublicationKind.BOOK: ("book", "inbook", "incollection", "chap", "ebook", "echap", "edbook", "chapter",
                           "book-chapter", "monograph"),
    PublicationKind.DATASET: ("dataset", "data", "dbase"),
}  # fmt: skip
"""Kind of publication to the types that mean it; a type that is not here, such as ``misc``, says nothing."""
