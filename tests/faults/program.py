"""The real program, started in surroundings where something is wrong."""

import compileall
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from backpain_cli.folder import read_folder
from backpain_cli.knowledge import compile_json

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "backpain_cli")
PATIENCE = 60
"""Seconds until a program counts as hanging."""


_installed = TemporaryDirectory()


@cache
def installed() -> Path:
    """Return a folder with the package as a wheel carries it, its knowledge compiled: it starts sooner."""
    package = Path(_installed.name, "backpain_cli")
    shutil.copytree(ROOT / "backpain_cli", package)
    (package / "_knowledge.json").write_bytes(compile_json(read_folder(ROOT / "knowledge")))
    compileall.compile_dir(package, quiet=2)
    return package.parent


def surroundings(home: Path, **changed: str | None) -> dict[str, str]:
    """Return an environment with this home and no trace of the tester's; None takes a variable away."""
    usual: dict[str, str | None] = {
        "PATH": os.defpath,
        "PYTHONPATH": str(installed()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }
    return {name: value for name, value in (usual | changed).items() if value is not None}


def run(
    *arguments: str,
    cwd: Path,
    environment: dict[str, str] | None = None,
    python: tuple[str, ...] = (),
    typed: str | None = None,
    alphabet: str = "utf-8",
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; it must leave no traceback, whatever happened."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *python, *PROGRAM[1:], *arguments],
        cwd=cwd,
        env=environment or surroundings(cwd),
        input=typed or "",
        capture_output=True,
        text=True,
        encoding=alphabet,
        timeout=PATIENCE,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def run_in_shell(line: str, *, cwd: Path) -> tuple[int, str]:
    """Run a line of shell that knows `backpain`; return its exit code and what it complained of."""
    complaints = cwd / "complaints"
    whole = f'backpain() {{ "$0" -m backpain_cli "$@"; }}; {{ {line}; }} 2> "$1"'
    done = subprocess.run(  # noqa: S603 - our own program
        ["/bin/bash", "-c", whole, sys.executable, str(complaints)],
        cwd=cwd,
        env=surroundings(cwd),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=False,
    )
    told = complaints.read_text(encoding="utf-8")
    assert "Traceback" not in told, told
    assert "Exception ignored" not in told, told
    return done.returncode, told
