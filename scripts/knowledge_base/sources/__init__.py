"""All that turns ``sources/`` into checked objects."""
