"""The check of a draft: every number of a document in it, names of bodies and provinces of the past, and what the base
knows of them.

The browser does the same with the same data (``theme/assets/kb/draft-*.js``); ``tests/cases/drafts.yml`` holds both to
it."""
