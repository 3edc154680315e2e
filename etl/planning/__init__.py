"""What a file would change: each draft compared with the rows that are there: added, changed, disputed or unchanged."""
