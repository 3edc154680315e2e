"""The text of a cell or header to a typed value, or to a problem that names what was not understood."""
