"""The knowledge base: every entity with all that is known of it, links in both directions."""
