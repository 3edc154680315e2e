"""What the pages ask of the snapshot: measured values, search, counts, labels of rows."""

DATABASE = "sse"
"""Name of the snapshot in the addresses of pages."""
