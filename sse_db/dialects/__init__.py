"""All that differs between database systems: history triggers, and what each needs on a connection."""
