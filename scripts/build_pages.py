#!/usr/bin/env python3
"""Turn sources/ into the pages of docs/. See ``python scripts/build_pages.py --help``."""

import gc
import sys
from pathlib import Path

from dev_tools.faults import tell_errors
from knowledge_base.core.python_check import end_without

tell_errors(Path(__file__).resolve().parents[1])
try:
    from knowledge_base.cli import main
except ModuleNotFoundError as missing:
    end_without(missing)

if __name__ == "__main__":
    gc.set_threshold(100_000, 20, 20)  # nearly all objects live to the end: looking for garbage finds none
    sys.exit(main())
