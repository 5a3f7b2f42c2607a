#!/usr/bin/env python3
"""Turn sources/ into the pages of docs/. See ``python scripts/build_pages.py --help``."""

import sys

from knowledge_base.core.python_check import end_without

try:
    from knowledge_base.cli import main
except ModuleNotFoundError as missing:
    end_without(missing)

if __name__ == "__main__":
    sys.exit(main())
