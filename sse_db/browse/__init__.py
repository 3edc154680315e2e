"""The database in a web browser: a private snapshot shown by Datasette, with pages of our own."""
