"""The knowledge base for machines: JSON, CSV and Atom feeds."""
