"""What the pages ask of the snapshot: measured values, search, counts, labels of rows."""
