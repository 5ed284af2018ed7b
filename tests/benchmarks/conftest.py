"""Lets tests import the benchmarks, which are not part of the installed package."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))
