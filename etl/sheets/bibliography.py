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

WOS = {
    "doi": ("doi",),
    "title": ("document_title",),
    "journal": ("publication_name", "publisher"),
    "year": ("publication_year", "early_access_year"),
    "volume": ("volume",),
    "pages": ("beginning_page", "article_number"),
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
    PublicationKind.ARTICLE: ("article", "jour", "ejour", "article-journal", "journal-article", "magn", "inpr", "j"),
    PublicationKind.PREPRINT: ("unpublished", "unpb", "posted-content", "preprint"),
    PublicationKind.CONFERENCE: (
        "inproceedings", "conference", "proceedings", "conf", "cpaper", "paper-conference", "proceedings-article", "c",
    ),
    PublicationKind.THESIS: ("phdthesis", "mastersthesis", "bachelorsthesis", "thesis", "thes", "dissertation"),
    PublicationKind.REPORT: ("techreport", "report", "rprt"),
    PublicationKind.BOOK: ("book", "inbook", "incollection", "chap", "ebook", "echap", "edbook", "chapter",
                           "book-chapter", "monograph", "suppbook", "bookinbook", "b"),
    PublicationKind.DATASET: ("dataset", "data", "dbase"),
}  # fmt: skip
"""Kind of publication to the types that mean it; a type that is not here, such as ``misc``, says nothing."""

BIBTEX_TYPES = frozenset({
    "article", "artwork", "audio", "bachelorsthesis", "bibnote", "book", "bookinbook", "booklet", "collection",
    "commentary", "conference", "data", "dataset", "electronic", "image", "inbook", "incollection", "inproceedings",
    "inreference", "jurisdiction", "legal", "legislation", "letter", "manual", "mastersthesis", "misc", "movie",
    "music", "mvbook", "mvcollection", "mvproceedings", "mvreference", "online", "patent", "performance",
    "periodical", "phdthesis", "proceedings", "reference", "report", "review", "set", "software", "standard",
    "suppbook", "suppcollection", "suppperiodical", "techreport", "thesis", "unpublished", "video", "www", "xdata",
})  # fmt: skip
"""Types of entries of BibTeX and BibLaTeX; another one is a slip."""

BIBTEX_NOTES = frozenset({
    "abstract", "abstractnote", "addendum", "address", "affiliation", "annotation", "annote", "author-email",
    "authorizer", "bdsk-file-1", "bdsk-url-1", "booksubtitle", "booktitle", "chapter", "cited-references",
    "collaboration", "copyright", "crossref", "da", "date-added", "date-modified", "day", "doc-delivery-number",
    "edition", "editor", "editora", "eissn", "entrysubtype", "eventdate", "eventtitle", "file", "fjournal",
    "funding-acknowledgement", "funding-text", "groups", "howpublished", "ids", "institution", "isbn", "issn",
    "issue", "issuetitle", "journal-iso", "key", "keyword", "keywords", "keywords-plus", "label", "langid",
    "language", "lccn", "library", "local-url", "location", "mendeley-groups", "month", "mrnumber", "note",
    "number", "number-of-cited-references", "numpages", "oa", "options", "orcid-numbers", "organization", "owner",
    "pagetotal", "part", "pmcid", "pmid", "primaryclass", "priority", "publisher", "pubstate", "ranking", "rating",
    "read", "research-areas", "researcherid-numbers", "review", "school", "series", "shortauthor", "shortjournal",
    "shorttitle", "source", "status", "subtitle", "suppress", "times-cited", "timestamp", "translator", "type",
    "unique-id", "urldate", "usage-count-last-180-days", "usage-count-since-2013", "venue", "version",
    "web-of-science-categories", "web-of-science-index", "xref", "zblnumber",
})  # fmt: skip
"""Fields that say nothing of what is stored: notes, files, and what other programs count."""

PREPRINT_DOIS = (
    "10.48550/arxiv",
    "10.26434/chemrxiv",
    "10.1101/",
    "10.21203/rs.",
    "10.20944/preprints",
    "10.2139/ssrn",
)
"""How the DOIs of preprint servers begin."""
PREPRINT_SERVERS = ("arxiv", "chemrxiv", "biorxiv", "medrxiv", "ssrn", "research square", "preprints.org", "preprints")
