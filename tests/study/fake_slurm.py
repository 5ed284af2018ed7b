"""A stand-in for SLURM: ``sbatch``, ``scancel`` and ``squeue`` that really start and kill job scripts."""

import os
from pathlib import Path

SBATCH = """#!/bin/sh
cd "$FAKE_SLURM" || exit 1
number=$(($(ls | grep -c 'script$') + 1))
for last; do :; done
cp "$last" "$number.script"
setsid sh "$number.script" >"$number.log" 2>&1 &
echo $! >"$number.pid"
echo "Submitted batch job $number"
"""

SCANCEL = """#!/bin/sh
cd "$FAKE_SLURM" || exit 1
for number; do kill -9 "-$(cat "$number.pid")"; rm -f "$number.pid"; done
"""

SQUEUE = """#!/bin/sh
cd "$FAKE_SLURM" && ls | grep 'pid$'
"""


class FakeSlurm:
    """A folder with the commands, and one where jobs leave their traces."""

    def __init__(self, folder: Path) -> None:
        """Write the commands."""
        self.commands = folder / "bin"
        self.jobs = folder / "jobs"
        self.commands.mkdir()
        self.jobs.mkdir()
        for name, text in (("sbatch", SBATCH), ("scancel", SCANCEL), ("squeue", SQUEUE)):
            command = self.commands / name
            command.write_text(text)
            command.chmod(0o755)

    def environment(self) -> dict[str, str]:
        """Return what must be set for the commands to be found and to work."""
        path = os.pathsep.join((str(self.commands), os.environ["PATH"]))
        return {"PATH": path, "FAKE_SLURM": str(self.jobs)}

    def scripts(self) -> list[Path]:
        """Return the scripts of all jobs ever handed in."""
        return sorted(self.jobs.glob("*.script"))

    def running(self) -> list[str]:
        """Return the numbers of jobs that were not cancelled."""
        return sorted(path.stem for path in self.jobs.glob("*.pid"))
