"""Where a structure comes from, as its CIF says: DOI, citation, numbers in collections."""

from __future__ import annotations

import re
from typing import Any

from sse_db.materials.crystals.cif_syntax import CifBlock

DOI_ITEMS = ("_journal_paper_doi", "_journal_article_doi", "_citation_doi", "_journal_doi", "_publ_article_doi")
COD_ITEMS = ("_cod_database_code", "_cod_database_codes", "_database_code_COD")
ICSD_ITEMS = ("_database_code_ICSD", "_icsd_collection_code")
AMCSD_ITEMS = ("_database_code_AMCSD",)
AUTHOR_ITEMS = ("_publ_author_name", "_citation_author_name")
JOURNAL_ITEMS = ("_journal_name_full", "_journal_name_abbrev", "_citation_journal_full", "_citation_journal_abbrev")
TITLE_ITEMS = ("_publ_section_title", "_citation_title")
MOST_AUTHORS = 3
LONGEST_TITLE = 200


def read_source(block: CifBlock) -> dict[str, Any]:
    """DOI, citation and numbers in the Crystallography Open Database and ICSD, None for what is not given."""
    return {
        "doi": block.first(*DOI_ITEMS),
        "source_citation": _cite(block),
        "cod_number": _read_code(block, COD_ITEMS),
        "icsd_number": _read_code(block, ICSD_ITEMS),
        "sample_doi": block.first("_sse_db_sample_doi"),
        "sample_label": block.first("_sse_db_sample_label"),
    }


def _read_code(block: CifBlock, items: tuple[str, ...]) -> str | None:
    text = block.first(*items)
    found = re.search(r"\d+", text) if text else None
    return found[0] if found else None


def _cite(block: CifBlock) -> str | None:
    """Authors, title, journal, volume, year and page as far as they are given; None without a journal and a title."""
    journal, title = block.first(*JOURNAL_ITEMS), block.first(*TITLE_ITEMS)
    volume, year = block.first("_journal_volume", "_citation_journal_volume"), _read_year(block)
    page = block.first("_journal_page_first", "_citation_page_first")
    if journal is None and title is None:
        code = _read_code(block, AMCSD_ITEMS)
        return f"American Mineralogist Crystal Structure Database {code}" if code else None
    where = " ".join(part for part in (journal, volume, f"({year})" if year else None, page) if part)
    parts = (_name_authors(block), title[:LONGEST_TITLE] if title else None, where)
    return ". ".join(part.rstrip(".") for part in parts if part)


def _read_year(block: CifBlock) -> str | None:
    text = block.first("_journal_year", "_citation_year")
    return text if text and re.fullmatch(r"\d{4}", text) else None


def _name_authors(block: CifBlock) -> str | None:
    for item in AUTHOR_ITEMS:
        value = block.items.get(item)
        names = [" ".join(name.split()) for name in ([value] if isinstance(value, str) else value or [])]
        names = [name for name in names if name not in ("", ".", "?")]
        if names:
            shown = "; ".join(names[:MOST_AUTHORS])
            return shown + (" et al." if len(names) > MOST_AUTHORS else "")
    return None
