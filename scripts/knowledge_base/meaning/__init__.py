"""What mentions mean, and all that is known once they are resolved."""
