"""Drafts to rows and back, in one transaction and one batch: plan, write, undo, releases taken in."""
