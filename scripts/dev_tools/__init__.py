"""What the tasks of ``dev.py`` are made of; all but ``worker`` need the standard library alone."""
