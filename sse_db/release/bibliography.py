"""The publications of a release as BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sse_db.release.content import Content
from sse_db.vocabulary import FIRST_ONLY

BIBTEX = {
    "article": "article", "preprint": "misc", "conference": "inproceedings", "thesis": "phdthesis",
    "report": "techreport", "book": "book", "dataset": "misc", "other": "misc",
}  # fmt: skip
CSL = {
    "article": "article-journal", "preprint": "article", "conference": "paper-conference", "thesis": "thesis",
    "report": "report", "book": "book", "dataset": "dataset", "other": "document",
}  # fmt: skip
SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write(content: Content, folder: Path) -> None:
    """Write ``references.bib`` and ``references.json`` with exactly the publications that rows use."""
    used = _used(content)
    frame = content.publications.astype(object)
    cleaned = frame.where(frame.notna(), None)[frame["id"].isin(used)]
    rows: list[dict[str, Any]] = [dict(zip(cleaned.columns, row, strict=True)) for row in cleaned.to_numpy()]
    entries = "\n".join(_bibtex(row) for row in rows)
    (folder / "references.bib").write_text(entries, encoding="utf-8")
    records = json.dumps([_csl(row) for row in rows], ensure_ascii=False, indent=1)
    (folder / "references.json").write_text(records + "\n", encoding="utf-8")


def _used(content: Content) -> set[int]:
    samples = content.frames["samples"]["publication_id"].dropna()
    structures = content.frames["structural_records"]["publication_id"].dropna()
    return {*map(int, samples), *map(int, structures)}


def _key(row: dict[str, Any]) -> str:
    author = re.sub(r"[^A-Za-z]", "", str(row["first_author"] or "anonymous").split()[0]) or "anonymous"
    return f"{author.lower()}{row['year'] or ''}_{row['id']}"


def _escape(text: Any) -> str:
    return "".join(SPECIAL.get(letter, letter) for letter in str(text))


def _bibtex(row: dict[str, Any]) -> str:
    container = "booktitle" if row["kind"] == "conference" else "journal"
    fields = {
        "author": _people(row),
        "title": row["title"],
        container: row["journal"],
        "year": row["year"],
        "volume": row["volume"],
        "pages": row["pages"],
        "doi": row["doi"],
        "url": row["url"],
    }
    known = [
        f"  {name} = {{{value if name in ('doi', 'url') else _escape(value)}}}"
        for name, value in fields.items()
        if value
    ]
    return f"@{BIBTEX[str(row['kind'])]}{{{_key(row)},\n" + ",\n".join(known) + "\n}\n"


def _people(row: dict[str, Any]) -> str | None:
    if row["authors"]:
        return " and ".join(_names(row["authors"]))
    return f"{row['first_author']} and others" if row["first_author"] else None


def _names(authors: str) -> list[str]:
    return [name.strip() for name in authors.split(";") if name.strip()]


def _csl(row: dict[str, Any]) -> dict[str, Any]:
    people: list[dict[str, str]] = [{"literal": name} for name in _names(row["authors"] or "")]
    is_first_only = not people and bool(row["first_author"])
    if is_first_only:
        family, _, given = str(row["first_author"]).partition(",")
        people = [{"family": family.strip()} | ({"given": given.strip()} if given.strip() else {})]
    record = {
        "id": _key(row),
        "type": CSL[str(row["kind"])],
        "title": row["title"],
        "container-title": row["journal"],
        "author": people,
        "issued": {"date-parts": [[int(row["year"])]]} if row["year"] else None,
        "volume": row["volume"],
        "page": row["pages"],
        "DOI": row["doi"],
        "URL": row["url"],
        "note": FIRST_ONLY if is_first_only else None,
    }
    return {name: value for name, value in record.items() if value}
