"""The shape of the checkout: linked folders, importable modules, files free of package hosts."""

import importlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "cocreate"
FOLDERS = ("agents", "model", "experiments", "viz")
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))

# In pieces, so that this file does not name the hosts it looks for.
PACKAGE_HOSTS = tuple(
    f"{name}.{domain}"
    for name, domain in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("debian", "org"),
        ("anaconda", "org"),
    )
)


def module_names(*folders: str) -> list[str]:
    """Return the dotted name of every module in the folders, as users import it."""
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    parts = (path.relative_to(ROOT).with_suffix("").parts for path in paths)
    return [".".join(("cocreate", *names)).removesuffix(".__init__") for names in parts]


def tracked_files() -> list[Path]:
    """Return the files git tracks, links left out; skip the test where there is no checkout."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]


@pytest.mark.core
@pytest.mark.parametrize("folder", FOLDERS)
def test_each_folder_is_linked_into_the_package_by_a_relative_link(folder: str) -> None:
    link = PACKAGE / folder
    assert link.is_symlink(), f"{link} is no symbolic link: was git told not to make links?"
    assert not link.readlink().is_absolute()
    assert link.resolve() == ROOT / folder


@pytest.mark.core
@pytest.mark.parametrize("name", module_names("agents", "model", "experiments"))
def test_every_module_below_viz_imports_on_either_mesa(name: str) -> None:
    importlib.import_module(name)


@pytest.mark.parametrize("name", module_names("viz"))
def test_every_module_of_viz_imports(name: str) -> None:
    importlib.import_module(name)


def test_no_lock_is_in_a_format_that_holds_addresses() -> None:
    assert not [path for path in tracked_files() if path.name == "uv.lock"]


def test_no_tracked_text_names_a_package_host() -> None:
    naming = [
        f"{path.relative_to(ROOT)} names {host}"
        for path in tracked_files()
        for host in PACKAGE_HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert not naming


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_versions_and_names_no_place(lock: Path) -> None:
    lines = [line for line in lock.read_text("utf-8").splitlines() if line and line[0] not in " #"]
    assert lines
    assert all("==" in line and "://" not in line and "@" not in line for line in lines)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the checkout, without a network."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in (*FOLDERS, "src"):
        shutil.copytree(
            ROOT / folder,
            copy / folder,
            symlinks=True,
            ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"),
        )
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, copy)
    build = "from setuptools import build_meta; build_meta.build_wheel('dist')"
    subprocess.run([sys.executable, "-c", build], cwd=copy, capture_output=True, check=True)
    (built,) = (copy / "dist").glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    tracked = [path.relative_to(ROOT) for path in tracked_files()]
    inside = {f"cocreate/{path.as_posix()}" for path in tracked if path.parts[0] in FOLDERS}
    inside |= {path.relative_to("src").as_posix() for path in tracked if path.parts[0] == "src"}
    assert not [name for name in sorted(inside - held) if not name.endswith(".md")]
