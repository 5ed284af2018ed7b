"""The tutorial: its code runs in order and prints what stands below it, and so do its files and commands.

After a change of the model, ``python -m tests.test_tutorial`` writes the new output into it and the README.
"""

import re
import shlex
import subprocess
import sys
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from typer.testing import CliRunner

from cocreate.cli import app
from cocreate.experiments import Study

ROOT = Path(__file__).resolve().parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
TEXT = TUTORIAL.read_text("utf-8")
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
GUARD = 'if __name__ == "__main__":'


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language in their order."""
    return [found["body"] for found in BLOCK.finditer(TEXT) if found["language"] == language]


def rendered(text: str) -> str:
    """Return a document with what its Python blocks print, in the block of text below each.

    Blocks share their names, as cells of a notebook do. One with a guard is run as a script of its own.
    """
    names: dict[str, Any] = {"__name__": "tutorial"}
    printed = ""

    def with_output(found: re.Match[str]) -> str:
        nonlocal printed
        if found["language"] == "text":
            return f"```text\n{printed}```"
        if found["language"] == "python":
            line = text.count("\n", 0, found.start("body"))
            printed = scripted(found["body"]) if GUARD in found["body"] else run(found["body"], line, names)
        return found[0]

    return BLOCK.sub(with_output, text)


def run(code: str, line: int, names: dict[str, Any]) -> str:
    """Run a block in this process and return what it prints; errors name the line of the document."""
    printed = StringIO()
    with redirect_stdout(printed):
        exec(compile("\n" * line + code, TUTORIAL, "exec"), names)
    return "".join(f"{one.rstrip()}\n" for one in printed.getvalue().splitlines())


def scripted(code: str) -> str:
    """Run a block as a script in the present folder, and return what it prints."""
    script = Path("script.py")
    script.write_text(code, "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_study_takes_about_twenty_lines_from_import_to_figure() -> None:
    first = blocks("python")[0].splitlines()
    assert first[0].startswith(("import ", "from "))
    assert "save(" in first[-1]
    assert len([line for line in first if line]) <= 22


@pytest.mark.slow
def test_the_code_runs_and_prints_what_stands_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert rendered(TEXT) == TEXT, "stale: 'python -m tests.test_tutorial' writes the new output"
    assert (tmp_path / "effects.png").stat().st_size > 10_000
    assert "</html>" in (tmp_path / "support.html").read_text("utf-8")


def test_the_file_and_the_code_describe_the_same_study(tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    described = blocks("python")[0].partition("results = ")[0]
    exec(compile(described, TUTORIAL, "exec"), names)
    (tmp_path / "support.toml").write_text(blocks("toml")[0], "utf-8")
    assert Study.from_file(tmp_path / "support.toml") == names["study"]


@pytest.mark.slow
def test_the_commands_work_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("support.toml").write_text(blocks("toml")[0], "utf-8")
    lines = [line for block in blocks("shell") for line in block.splitlines()]
    assert len(lines) == 5
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program == "cocreate"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception!r}"
        assert result.output.strip(), f"{line} says nothing"
    assert "</html>" in Path("support.html").read_text("utf-8")
    assert len(Path("support.csv").read_text("utf-8").splitlines()) == 1 + 2 * 32


if __name__ == "__main__":
    with TemporaryDirectory() as folder, chdir(folder):
        for path in (TUTORIAL, ROOT / "README.md"):
            path.write_text(rendered(path.read_text("utf-8")), "utf-8")
