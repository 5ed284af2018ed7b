"""Run all benchmarks, or those named: ``python -m benchmarks [NAME ...]``; PARTS lists the names."""

from __future__ import annotations

import importlib
import platform
import sys

PARTS = {
    "mesa": "against_mesa",
    "others": "against_others",
    "month": "whole_month",
    "start": "start_up",
    "engines": "engines",
    "store": "store",
    "visitors": "visitors",
}


def main(names: list[str]) -> int:
    """Run benchmarks by name, all when none is named, and return the exit code."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    print(f"# Python {platform.python_version()} on {platform.machine()}", flush=True)
    for name in names or PARTS:
        importlib.import_module(f"benchmarks.{PARTS[name]}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
