"""One file per sheet format: plain data, header to column."""

from importlib.resources import files

PUBLIC_DATA_SETS = tuple(
    sorted(path.name.removesuffix(".toml") for path in files(__name__).iterdir() if path.name.endswith(".toml"))
)
"""The public data sets known here, as ``--format`` names them: one file of plain data each."""
