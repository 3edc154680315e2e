"""What people read first: citation, licence, dictionary, audits, checksums, and the description of the whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from sse_db.about import DESCRIPTION, LICENCE, LICENCE_URL
from sse_db.audits import Audit, list_audits, run_audit
from sse_db.dictionary import render_markdown
from sse_db.release.attachments import FOLDER
from sse_db.release.content import Content, sha256

MEDIA = {
    ".csv": "text/csv", ".json": "application/json", ".parquet": "application/vnd.apache.parquet",
    ".md": "text/markdown", ".bib": "application/x-bibtex", ".db": "application/vnd.sqlite3", ".cff": "text/yaml",
    ".jsonl": "application/jsonl", ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".tif": "image/tiff", ".tiff": "image/tiff", ".svg": "image/svg+xml", ".gif": "image/gif",
    ".webp": "image/webp", ".bmp": "image/bmp",
}  # fmt: skip
UNKNOWN = "application/octet-stream"
NOT_AUDITED = ("attachment_changed",)
"""Audits of the curator's own folder: a release names attached files by their place there."""
LICENCE_TEXT = f"""This release is licensed under the Creative Commons Attribution 4.0 International licence.
{LICENCE_URL}

Please cite the release (CITATION.cff) and the publications whose values you use (references.bib).
"""
ATTACHMENTS_TEXT = f"""
The files in {FOLDER}/ are not ours: figures, papers and spectra stay under the terms of those who own them.
"""


def write(content: Content, folder: Path) -> None:
    """Write CITATION.cff, LICENSE, data_dictionary.md and audit.json."""
    (folder / "CITATION.cff").write_text(_citation(content), encoding="utf-8")
    licence = LICENCE_TEXT + (ATTACHMENTS_TEXT if (folder / FOLDER).is_dir() else "")
    (folder / "LICENSE").write_text(licence, encoding="utf-8")
    (folder / "data_dictionary.md").write_text(render_markdown().rstrip() + "\n", encoding="utf-8")
    audits = [_run(content, audit) for audit in list_audits() if audit.name not in NOT_AUDITED]
    text = json.dumps({"audits": audits}, ensure_ascii=False, indent=1) + "\n"
    (folder / "audit.json").write_text(text, encoding="utf-8")


def _run(content: Content, audit: Audit) -> dict[str, Any]:
    """An audit with the rows that it finds; information is counted alone, since it says nothing is wrong."""
    result = run_audit(content.engine.url, audit)
    found = (
        {}
        if audit.severity == "info"
        else {"found": [dict(zip(result.columns, row, strict=True)) for row in result.rows]}
    )
    return {
        "audit": audit.name,
        "group": audit.group,
        "severity": audit.severity,
        "sentence": audit.sentence,
        "remedy": audit.remedy,
        "rows": len(result.rows),
        **found,
    }


def _citation(content: Content) -> str:
    citation: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Please cite this release, and the publications whose values you use.",
        "type": "dataset",
        "title": content.label.title,
        "abstract": DESCRIPTION,
        "version": content.label.version,
        **({"doi": content.label.doi} if content.label.doi else {}),
        "date-released": content.date,
        "license": LICENCE,
        "authors": content.label.cff_authors(),
        "references": [
            {
                "type": "article",
                "title": "Essential structural and experimental descriptors for bulk and grain boundary conductivities "
                "of Li solid electrolytes",
                "authors": [{"family-names": "Wu", "given-names": "Y.-J."}],
                "journal": "Science and Technology of Advanced Materials",
                "volume": 21,
                "start": 712,
                "end": 725,
                "year": 2020,
                "doi": "10.1080/14686996.2020.1824985",
            }
        ],
    }
    return str(yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=110))


def write_crate(content: Content, folder: Path) -> None:
    """Write ``ro-crate-metadata.json`` (RO-Crate 1.1) with every file of the release."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    authors = [{"@id": f"#author-{place}", **each} for place, each in enumerate(content.label.agents(), 1)]
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": content.label.title,
            "description": DESCRIPTION,
            "datePublished": content.date,
            "version": content.label.version,
            **({"identifier": content.label.url} if content.label.url else {}),
            **({"author": [{"@id": each["@id"]} for each in authors]} if authors else {}),
            "license": {"@id": LICENCE_URL},
            "hasPart": [{"@id": name} for name in names],
        },
        {"@id": LICENCE_URL, "@type": "CreativeWork", "name": LICENCE},
        *authors,
    ]
    graph += [
        {
            "@id": name,
            "@type": "File",
            "name": name,
            "contentSize": str(path.stat().st_size),
            "encodingFormat": MEDIA.get(path.suffix.lower(), UNKNOWN if name.startswith(FOLDER) else "text/plain"),
        }
        for name, path in zip(names, files, strict=True)
    ]
    crate = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    text = json.dumps(crate, ensure_ascii=False, indent=1) + "\n"
    (folder / "ro-crate-metadata.json").write_text(text, encoding="utf-8")


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS`` in the form that ``sha256sum --check`` reads."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256(path.read_bytes())}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
