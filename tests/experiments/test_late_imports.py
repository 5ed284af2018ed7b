"""Late imports: a module loads when something is first asked of it."""

import subprocess
import sys

TRY = """
import sys
from cocreate.experiments.late_imports import import_late
import_late("{module}", "no_such_module_anywhere")
import {module}
assert "{part}" not in sys.modules
{use}
assert "{part}" in sys.modules
import_late("{module}")
assert type({module}) is type(sys)
"""


def holds(code: str) -> bool:
    """Tell whether code runs in a process of its own."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, check=False)
    return done.returncode == 0


def test_a_package_loads_at_its_first_use() -> None:
    assert holds(TRY.format(module="sqlite3", part="sqlite3.dbapi2", use="sqlite3.connect"))


def test_a_package_loads_when_a_part_of_it_is_imported() -> None:
    assert holds(TRY.format(module="asyncio", part="asyncio.tasks", use="import asyncio.queues"))


def test_a_start_of_the_model_leaves_pandas_alone() -> None:
    assert holds(
        "import sys\n"
        "from cocreate.experiments.late_imports import HEAVY, import_late\n"
        "import_late(*HEAVY)\n"
        "import cocreate.model.model\n"
        "assert 'pandas.core' not in sys.modules\n"
        "import pandas\n"
        "assert pandas.DataFrame({'a': [1]}).shape == (1, 1)\n"
    )


def test_what_was_put_off_can_be_loaded_before_threads_use_it() -> None:
    assert holds(
        "import sys\n"
        "from cocreate.experiments.late_imports import HEAVY, LateModule, import_late, load_late\n"
        "import_late(*HEAVY)\n"
        "assert isinstance(sys.modules['pandas'], LateModule)\n"
        "load_late()\n"
        "assert not any(isinstance(sys.modules.get(name), LateModule) for name in HEAVY)\n"
        "assert 'DataFrame' in vars(sys.modules['pandas'])\n"
    )
