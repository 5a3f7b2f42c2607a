"""What everything else stands on: text, dates, identities, the models that stages hand on, errors."""
