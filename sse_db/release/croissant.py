"""Croissant metadata (JSON-LD), so that machine-learning tools load the records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sse_db.about import DESCRIPTION, DEVELOPERS, LICENCE_URL
from sse_db.dictionary import ColumnFacts, value_type
from sse_db.release.content import Content, sha256
from sse_db.release.package import describe_added

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
DATA_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "string": "sc:Text"}


def write(content: Content, folder: Path) -> None:
    """Write ``croissant.json``: one file object and one record set per table, view and training set."""
    columns = {table.name: list(table.columns) for table in content.tables}
    known = {column.name: column for table in content.tables for column in table.columns}
    for name, frame in content.sets().items():
        columns[name] = [known.get(each) or describe_added(each) for each in map(str, frame)]
    keys = {table.name: "id" for table in content.tables if table.kind == "table"} | dict.fromkeys(
        content.sets(), "sample_id"
    )
    metadata = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": "sse-db",
        "alternateName": content.label.title,
        "description": DESCRIPTION,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "license": LICENCE_URL,
        "url": content.label.url or "https://doi.org/10.1080/14686996.2020.1824985",
        "version": content.label.version,
        "datePublished": content.date,
        "creator": _creators(content),
        "citeAs": content.label.credit(content.date[:4]),
        "distribution": [_file(name, folder) for name in columns],
        "recordSet": [_record_set(name, fields, keys.get(name)) for name, fields in columns.items()],
    }
    text = json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
    (folder / "croissant.json").write_text(text, encoding="utf-8")


def _creators(content: Content) -> Any:
    people = [{**each, "@type": f"sc:{each['@type']}"} for each in content.label.agents()]
    return people or {"@type": "sc:Organization", "name": DEVELOPERS}


def _file(name: str, folder: Path) -> dict[str, Any]:
    path = f"data/{name}.csv"
    data = (folder / path).read_bytes()
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.csv",
        "name": f"{name}.csv",
        "contentUrl": path,
        "contentSize": f"{len(data)} B",
        "encodingFormat": "text/csv",
        "sha256": sha256(data),
    }


def _record_set(name: str, columns: list[ColumnFacts], key: str | None) -> dict[str, Any]:
    fields = [_field(name, column) for column in columns]
    keyed = {"key": {"@id": f"{name}/{key}"}} if key else {}
    return {"@type": "cr:RecordSet", "@id": name, "name": name, **keyed, "field": fields}


def _field(name: str, column: ColumnFacts) -> dict[str, Any]:
    unit = f" ({column.unit})" if column.unit else ""
    other = (column.references or "").partition(".")[0] not in ("", name)  # mlcroissant takes one to itself for a cycle
    linked = {"references": {"field": {"@id": str(column.references).replace(".", "/")}}} if other else {}
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{column.name}",
        "name": column.name,
        "description": f"{column.description}{unit}",
        "dataType": DATA_TYPES[value_type(column)],
        "source": {"fileObject": {"@id": f"{name}.csv"}, "extract": {"column": column.name}},
        **linked,
    }
