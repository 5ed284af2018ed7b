"""A driver in a process of its own: ``python slow_driver.py STORE REPLICATES``."""

import sys

from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.store import Store
from tests.study.store_worlds import Slow, small

if __name__ == "__main__":
    run_study(small(int(sys.argv[2])), Store(sys.argv[1], part_seconds=0.2), engine=Slow())
