"""Packs for sessions: what a trainer hands out on a theme, from the same data as the pages."""
