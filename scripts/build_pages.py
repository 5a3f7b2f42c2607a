#!/usr/bin/env python3
"""Turn sources/ into the pages of docs/. See ``python scripts/build_pages.py --help``."""

import sys

from knowledge_base.cli import main

if __name__ == "__main__":
    sys.exit(main())
