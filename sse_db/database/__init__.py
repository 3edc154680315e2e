"""The database as a file: opening it, its settings and checks, and bringing its schema up to date."""
