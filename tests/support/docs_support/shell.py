"""Typing the docs' commands in, one after another, as a reader would."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handoutpress.cli import main

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Shell:
    """Types lines in, in one place after another; only what needs a shell goes through one."""

    programs: Path
    output: Callable[[], str]
    standing_in: Callable[[list[str]], list[str]]

    def __post_init__(self) -> None:
        self.programs.mkdir()
        program = self.programs / "handouts"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "generate.py"}" "$@"\n')
        program.chmod(0o755)

    def run(self, line: str) -> tuple[int, str]:
        """Type ``line`` in; returns the exit code of the last command that ran, and all that was said."""
        if "\n" in line or re.search(r"[|;>]|\*\.", line):
            return self._through_a_shell(line)
        code, said = 0, ""
        for part in line.split("&&"):
            words = shlex.split(part, comments=True)
            code, more = self._type(words, part)
            said += more
            if code:
                break
        return code, said

    def _type(self, words: list[str], part: str) -> tuple[int, str]:
        if words[0] == "cd":
            os.chdir(words[1])
            return 0, ""
        if words[0] != "handouts":
            return self._through_a_shell(part)
        sys.argv[:] = ["handouts", *self.standing_in(words[1:])]
        code = main()
        return code, self.output()

    def _through_a_shell(self, line: str) -> tuple[int, str]:
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        ran = subprocess.run(
            ["bash", "-c", line], check=False, env={**os.environ, "PATH": path}, capture_output=True, text=True
        )
        return ran.returncode, ran.stdout + ran.stderr
