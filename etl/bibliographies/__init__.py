"""How references are read: BibTeX, RIS and Web of Science entries, LaTeX in them, and looking a DOI up."""
