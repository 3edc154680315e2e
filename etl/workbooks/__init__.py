"""Workbooks written for curators: the empty template, a filled export, the annotated copy of a file with problems."""
