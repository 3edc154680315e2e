"""Plans to rows and back, in one transaction and one batch: write, undo, releases taken in."""
