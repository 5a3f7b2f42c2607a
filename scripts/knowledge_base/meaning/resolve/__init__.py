"""Say what each mention means: an entity's id, or nothing with the candidates named."""
