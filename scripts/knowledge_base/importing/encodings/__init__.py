"""Vietnamese text in encodings other than Unicode."""
