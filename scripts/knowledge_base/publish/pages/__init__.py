"""The pages: one Markdown page for each entity, one list for each kind, and the home page."""
