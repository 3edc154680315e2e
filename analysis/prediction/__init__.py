"""A model fitted on all rows: trained, saved, and used for samples that nobody measured."""
