"""Names of bodies."""
