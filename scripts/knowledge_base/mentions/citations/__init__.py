"""Citations of numbered documents."""
