"""Any file to texts with the address that a person sees: sheet, row, column."""
