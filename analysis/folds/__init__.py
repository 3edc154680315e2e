"""How samples are divided for training and testing: protocols, a splitter, folds of one's own, exported sets."""
