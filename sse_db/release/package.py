"""The data package: every CSV with its columns, keys and references, as frictionless reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sse_db.about import DESCRIPTION, LICENCE, LICENCE_URL
from sse_db.dictionary import ColumnFacts, TableFacts, value_type
from sse_db.release.content import Content

ROWS_OF_VIEWS = {"sample_id": "samples", "publication_id": "publications", "composition_id": "compositions"}


def write(content: Content, folder: Path) -> None:
    """Write ``datapackage.json``."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "sse-db",
        **({"id": content.label.url} if content.label.url else {}),
        "title": content.label.title,
        "description": DESCRIPTION,
        "version": content.label.version,
        "created": f"{content.date}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "Creative Commons Attribution 4.0"}],
        **({"contributors": content.label.contributors()} if content.label.authors else {}),
        "keywords": ["solid electrolyte", "lithium", "ionic conductivity", "grain boundary"],
        "resources": [*_tables(content), *_sets(content)],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _tables(content: Content) -> list[dict[str, Any]]:
    return [_resource(table.name, table.description, _schema(table)) for table in content.tables]


def _resource(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "path": f"data/{name}.csv",
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _schema(table: TableFacts) -> dict[str, Any]:
    names = {column.name for column in table.columns}
    schema: dict[str, Any] = {"fields": [describe_field(column) for column in table.columns], "missingValues": [""]}
    if table.kind == "table" and "id" in names:
        schema["primaryKey"] = ["id"]
    references = [(column.name, *column.references.split(".")) for column in table.columns if column.references]
    references = [(name, "" if to == table.name else to, key) for name, to, key in references]  # "" is the table itself
    if table.kind == "view":
        references = [(name, parent, "id") for name, parent in ROWS_OF_VIEWS.items() if name in names]
    schema["foreignKeys"] = [
        {"fields": [name], "reference": {"resource": parent, "fields": [target]}} for name, parent, target in references
    ]
    return schema


def describe_field(column: ColumnFacts) -> dict[str, Any]:
    """A field with type, unit and constraints."""
    field: dict[str, Any] = {"name": column.name, "type": value_type(column), "description": column.description}
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.limits:
        low, high = column.limits.split(" … ")
        constraints |= {"minimum": float(low), "maximum": float(high)}
        if field["type"] == "integer":
            constraints = {name: int(value) for name, value in constraints.items()}
    if column.words:
        constraints["enum"] = list(column.words)
    if column.required:
        constraints["required"] = column.name != "replicate_label"
    return {**field, "constraints": constraints} if constraints else field


def describe_added(column: str) -> ColumnFacts:
    """A column of a training set that no view has: a frozen fold, or the frozen split."""
    if column == "split":
        return ColumnFacts(column, "TEXT", "", "train, or test for the publications of fold 1 of fold_by_publication")
    return ColumnFacts(column, "INTEGER", "", "Outer fold of cross-validation, frozen (seed 0)")


def _sets(content: Content) -> list[dict[str, Any]]:
    known = {column.name: column for table in content.tables for column in table.columns}
    resources = []
    for name, frame in content.sets().items():
        fields = [describe_field(known.get(column) or describe_added(column)) for column in map(str, frame)]
        for field in fields:
            field.pop("constraints", None)
        references = [
            {"fields": [column], "reference": {"resource": parent, "fields": ["id"]}}
            for column, parent in ROWS_OF_VIEWS.items()
            if column in frame
        ]
        schema = {"fields": fields, "missingValues": [""], "primaryKey": ["sample_id"], "foreignKeys": references}
        resources.append(_resource(name, "Rows to learn from, with frozen folds.", schema))
    return resources
