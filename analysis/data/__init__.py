"""Views of the database to frames, targets and descriptors, Arrhenius fits and interpolated values."""
