"""The door for notebooks and for the command line: a database, its training sets, and models on them."""
