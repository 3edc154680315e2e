"""Corrections by hand, as drafts: the same road into the database as a file takes."""
