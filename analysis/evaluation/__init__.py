"""How well a model predicts: folds, nested cross-validation, scores with intervals, importance, noise floor."""
