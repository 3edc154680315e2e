"""How much the seed holds: the one place of the tests that says it.

The counts of the facts and of the main training sets are those that the facts came with; the others were taken from the
finished seed and guard it against change. A change of the seed changes them here.
"""

from __future__ import annotations

ROWS = 284
"""Rows of the literature sheets: one sample at one temperature."""
SAMPLES = 281
PUBLICATIONS = 152
"""Publications that report samples."""
CONDUCTIVITIES = {"bulk": 87, "grain_boundary": 20, "total": 253}
NEAR_ROOM_TEMPERATURE = {"bulk": 60, "grain_boundary": 15, "total": 192}
"""Conductivities within 24–30 °C, both ends included."""
STATED_TOTALS_NEAR_ROOM_TEMPERATURE = 126
SAMPLES_NEAR_ROOM_TEMPERATURE = 208
FILES = 27
"""Files that an import of the seed reads."""
STRUCTURE_FILES = 21
SHEET_RECORDS = 147
LATTICES = 32
"""Samples whose lattice constants stand in a literature sheet."""
STRUCTURES = STRUCTURE_FILES + SHEET_RECORDS + LATTICES
GARNETS = 100
SHORTAGE = "3 of the 20 samples wanted"
"""What the program says of the target grain-boundary."""
TRAINING = {"bulk": 60, "grain_boundary": 3, "grain_boundary_observed": 52, "total": 191}
"""Rows of the training views; of the observed grain boundaries RULED_BY_ROUNDING leave training."""
RULED_BY_ROUNDING = 4
PUBLICATIONS_BY_SAMPLES = {
    "bulk": {1: 18, 2: 7, 3: 2, 5: 1, 8: 1, 9: 1},
    "grain-boundary-observed": {1: 13, 2: 6, 3: 1, 4: 1, 8: 2},
    "total": {1: 66, 2: 13, 3: 4, 4: 7, 5: 4, 8: 1, 9: 1, 22: 1},
}
"""How many publications give so many samples to the training set of a target."""
GRAIN_SIZES = 20
GRAIN_SIZE_LIMITS = 4
GRAIN_SIZE_MIDPOINTS = 5
SINTERING_TEMPERATURES = 178
"""Rows of the sheets with one."""
NO_FORMULA = 18
"""16 rows whose dopant content was not read, and 2 with a general formula."""
DOUBTS = {
    "no-formula": NO_FORMULA,
    "no-temperature": 52,
    "far-from-other-papers": 3,
    "series-sum": 2,
    "charge": 2,
}
"""Doubts of `validate seed_data`; each was judged by the remarks and labels of the facts, and stays.

No formula: the dopant content was not read. No temperature: the text that was read states none (46 rows). Far from other
papers: the triclinic LiZr2(PO4)3 against the rhombohedral one, twice, and a cold-sintered LATP before its anneal. Series
sum: the source contradicts itself. Charge: the files of two structures hold less Li than their titles say.
"""
