"""The set-up: what it installs from Debian, what it locks, the typefaces that it vendors."""

import hashlib
import os
import re
import shutil
import socket
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chromium", "gs", "pdftoppm")
LIBRARIES = (
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz-subset.so.0",
    "libzbar.so.0",
    "libatomic.so.1",
)


@dataclass(frozen=True)
class Machine:
    """A pretended Debian: the programs on its path note how they were called."""

    folder: Path

    def has(self, program: str, script: str = "") -> None:
        path = self.folder / program
        path.write_text(f'#!/bin/sh\necho "{program} $*" >> "{self.folder}/calls"\n{script}\n')
        path.chmod(0o755)

    def prepare(self, layer: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shutil.which("sh") or "sh", ROOT / "setup/debian.sh", layer],
            env={"PATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self) -> str:
        calls = (self.folder / "calls").read_text()
        return "\n".join(line for line in calls.splitlines() if line.startswith(("apt-get", "sudo", "debconf")))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    found = Machine(tmp_path)
    (tmp_path / "env").symlink_to(shutil.which("env") or "/usr/bin/env")
    for program in (*PROGRAMS, "apt-get", "python3"):
        found.has(program)
    found.has("ldconfig", "\n".join(f"echo {name}" for name in LIBRARIES))
    found.has("dpkg-query", "echo 'awk;mail-transport-agent, default-mta;'")
    found.has("id", "echo 0")
    return found


@pytest.mark.parametrize("layer", ["runtime", "dev"])
def test_nothing_is_asked_of_debian_when_everything_is_there(machine: Machine, layer: str) -> None:
    done = machine.prepare(layer)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.installed() == ""


def test_only_what_is_missing_is_installed(machine: Machine) -> None:
    machine.has("python3", "exit 1")
    machine.has("ldconfig", f"echo {LIBRARIES[0]}; echo {LIBRARIES[1]}; echo {LIBRARIES[2]}")
    done = machine.prepare("runtime")
    assert (done.returncode, done.stdout) == (0, "Installing from Debian: python3-venv libzbar0\n")
    update, install = machine.installed().splitlines()
    assert update == "apt-get -qq update"
    assert install.endswith("--no-install-recommends python3-venv libzbar0")


def test_what_only_the_tests_need_is_left_out_of_printing(machine: Machine) -> None:
    for program in PROGRAMS:
        (machine.folder / program).unlink()
    assert machine.prepare("runtime").stdout == ""
    assert machine.prepare("dev").stdout == "Installing from Debian: chromium ghostscript poppler-utils\n"


def test_a_mail_server_is_installed_where_there_is_none_and_left_unconfigured(machine: Machine) -> None:
    machine.has("dpkg-query", "echo 'awk;;'")
    machine.has("debconf-set-selections", f"read -r answer; echo debconf $answer >> {machine.folder}/calls")
    assert machine.prepare("dev").stdout == "Installing from Debian: postfix\n"
    _, called, answer, install = machine.installed().splitlines()
    assert called.strip() == "debconf-set-selections"
    assert answer == "debconf postfix postfix/main_mailer_type select No configuration"
    assert install.endswith("--no-install-recommends postfix")


def test_a_user_installs_with_sudo(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("sudo", '"$@"')
    (machine.folder / "gs").unlink()
    assert machine.prepare("dev").returncode == 0
    assert machine.installed().splitlines()[0] == "sudo apt-get -qq update"


def test_without_root_or_sudo_it_says_what_to_install(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("ldconfig")
    done = machine.prepare("runtime")
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libzbar0"
    assert done.returncode == 1
    assert done.stderr == f"Some Debian packages are missing. As root, run: apt-get install {packages}\n"
    assert machine.installed() == ""


def test_elsewhere_than_on_debian_nothing_is_installed(machine: Machine) -> None:
    (machine.folder / "apt-get").unlink()
    machine.has("ldconfig")
    assert (machine.prepare("dev").returncode, machine.prepare("dev").stderr) == (0, "")


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_pins_every_package_by_hash_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[a-z0-9][^\n]*(?:\n {4}--hash=[^\n]*)*", text, re.M)
    assert len(pins) > 40
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links", text) == []


def test_the_locks_hold_every_dependency_and_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = {name: dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / name).read_text(), re.M)) for name in LOCKS}
    wanted = [re.split(r"[<>=!~]", line)[0].lower() for line in project["dependencies"]]
    assert len(wanted) > 15
    assert set(wanted) <= set(locked["requirements.txt"])
    assert locked["requirements.txt"].items() <= locked["requirements-dev.txt"].items()


LOCKS = ("requirements.txt", "requirements-dev.txt")


def test_vendored_typefaces_are_unchanged_and_licensed() -> None:
    noted = [line.split("  ") for line in (ROOT / "fonts/SHA256SUMS").read_text().splitlines()]
    found = (face.relative_to(ROOT / "fonts").as_posix() for face in (ROOT / "fonts").glob("*/*.ttf"))
    faces = {name for name in found if not name.startswith("noto-sans-")}  # those of make fonts-all
    assert len(noted) >= 15
    assert {name for _, name in noted} == faces
    for digest, name in noted:
        path = ROOT / "fonts" / name
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest, name
        assert "SIL OPEN FONT LICENSE" in (path.parent / "OFL.txt").read_text(encoding="utf-8").upper()


def test_the_vendored_colour_profile_is_unchanged_and_licensed() -> None:
    pinned = re.search(r'^SHA256 = "(\w{64})"$', (ROOT / "setup/vendor_profile.py").read_text(), re.M)
    (profile,) = (ROOT / "profiles").glob("*.icc")
    assert pinned
    assert hashlib.sha256(profile.read_bytes()).hexdigest() == pinned[1]
    licence = (ROOT / "profiles/LICENSE.txt").read_text(encoding="utf-8")
    assert profile.stem in licence
    assert "The zlib/libpng License" in licence


@pytest.mark.parametrize("family", ["source-sans-3", "source-serif-4", "nunito"])
def test_every_style_writes_every_latin_and_cyrillic_language_shipped(family: str) -> None:
    letters = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ àâæçéèêëîïôœùûüÿ ñ¿¡áíóú ґєії жщюяҐЄІЇ –—‘’“”„«»…•×°€£"
    faces = sorted((ROOT / "fonts" / family).glob("*.ttf"))
    assert len(faces) == 5
    for face in faces:
        with TTFont(face) as font:
            assert "fvar" not in font
            assert [letter for letter in letters if ord(letter) not in font.getBestCmap()] == [], face.name


def test_no_test_reaches_the_network() -> None:
    with socket.socket() as probe, pytest.raises(RuntimeError, match="reached for the network"):
        probe.connect(("192.0.2.1", 80))


def test_a_second_set_up_is_at_hand_offline() -> None:
    stamp = ROOT / ".venv/stamp-dev"
    if not stamp.exists():
        pytest.skip("these tests run outside `make test`")
    done = subprocess.run(
        ["sh", ROOT / "setup/prepare.sh", "dev"],
        env=os.environ | {"http_proxy": "http://127.0.0.1:9", "PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
