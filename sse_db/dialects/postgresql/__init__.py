"""PostgreSQL: a database on a server."""
