"""sse-db: a curated database of lithium solid electrolytes."""

__version__ = "0.1.0"
