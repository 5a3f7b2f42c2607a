"""What a change of the sources does, told to the person who reviews it."""
