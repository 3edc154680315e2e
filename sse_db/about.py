"""What this project is called: version, title, description and licence of its data. Imports nothing of the project."""

from __future__ import annotations

VERSION = "0.1.0"
"""Read by the build (pyproject.toml) and by everything that writes which version it was."""

TITLE = "sse-db: measured conductivities of lithium solid electrolytes"
SHORT_TITLE = "Lithium solid electrolytes"
DESCRIPTION = (
    "Curated measurements of lithium solid electrolytes from the literature: publications, samples, compositions, "
    "processing steps, ionic conductivities of bulk, grain boundary and whole sample at temperature, and crystal "
    "structures; with views of room-temperature values, the 17 descriptors of doi 10.1080/14686996.2020.1824985, and "
    "training sets with frozen folds."
)
DEVELOPERS = "The sse-db developers"
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
