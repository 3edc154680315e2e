"""The command line: opens the database, calls one function, renders what it returned."""
