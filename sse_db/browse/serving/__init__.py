"""The snapshot, the Datasette application around it, its guard, and the server."""
