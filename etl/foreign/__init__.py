"""Other people's tables to drafts, through a mapping: a user's own spreadsheets and public data sets."""
