"""What is asked of the data beside the scores: one question, one module."""
