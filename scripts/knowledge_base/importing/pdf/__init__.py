"""Read the article of a PDF that has a text layer."""
