"""What words an article holds: citations, bodies, themes, demands, relations, each with its span."""
