"""Which models are compared: pipelines, their grids, the search for the best grid point, kernels."""
