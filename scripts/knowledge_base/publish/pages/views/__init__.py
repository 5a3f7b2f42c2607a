"""What each page shows, chosen and ordered; the templates only set it out."""
