"""A formula, a unit cell or a CIF to columns of numbers."""
