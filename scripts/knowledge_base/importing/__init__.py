"""Other people's files: web pages, PDF, Word, text in any encoding, read as articles."""
