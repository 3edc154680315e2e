"""The report: one self-contained page, and the same numbers as JSON and CSV beside it."""
