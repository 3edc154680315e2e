"""One file per sheet format: plain data, header to column."""
