"""What a curator types, as the command line hands it on."""

from __future__ import annotations

from typing import Any

from etl.curation.samples import SampleWords
from etl.drafts import Cell


def typed(**texts: str) -> dict[str, Cell]:
    """Texts by column, each in its cell."""
    return {name: Cell(f"--{name}", 1, f"--{name}", text) for name, text in texts.items()}


def words(publication: str | None = None, **texts: Any) -> SampleWords:
    """Words about a sample: columns as texts, rows below it as tuples of texts."""
    below = {name: value for name, value in texts.items() if isinstance(value, tuple)}
    columns = typed(**{name: value for name, value in texts.items() if name not in below})
    return SampleWords(columns, publication, **below)
