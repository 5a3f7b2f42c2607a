"""Pages, open data, addresses and the search index; all files or none."""
