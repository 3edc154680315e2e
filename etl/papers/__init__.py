"""The project's own formats to drafts: literature sheets, workbooks, structure files and facts."""
