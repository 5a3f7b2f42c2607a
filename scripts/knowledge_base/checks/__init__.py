"""What does not fit together in the knowledge base."""
