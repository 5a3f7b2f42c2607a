"""Contributing with only a browser: issue forms become proposed changes of the sources.

An event of GitHub is read and its form understood (``answers``), and a proposal made (``propose``): files, and what
to say about them. Nothing here talks to GitHub; ``scripts/github_publish.py`` does.
"""
