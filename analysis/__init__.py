"""What the database teaches: views to matrices, models, scores, predictions, figures and the report. Reads only."""
