"""How well a model predicts: nested cross-validation, scores with intervals, importance, noise floor."""
