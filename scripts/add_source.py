#!/usr/bin/env python3
"""Turn a raw article into a draft under sources/articles/. See ``python scripts/add_source.py --help``."""

import sys

from knowledge_base.core.python_check import end_without

try:
    from knowledge_base.drafts.command import main
except ModuleNotFoundError as missing:
    end_without(missing)

if __name__ == "__main__":
    sys.exit(main())
