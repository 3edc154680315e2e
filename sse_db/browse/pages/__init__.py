"""The project's own pages and drawings: a sample, a publication, a composition, a plot, a unit cell."""
