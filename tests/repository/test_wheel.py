"""The wheel: what a clinic installs, without the repository beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network: its build backend is among the locked packages."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_it_carries_every_built_in_folder_whole(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    folders = ("templates", "styles", "formats", "languages", "countries", "rules", "fonts", "brands/default")
    for folder in folders:
        files = {file.relative_to(ROOT).as_posix() for file in (ROOT / folder).rglob("*") if file.is_file()}
        assert files, folder
        assert {f"handoutpress/_builtin/{file}" for file in files} <= carried


def test_it_carries_the_sample_and_no_brand_but_the_default(wheel: Path) -> None:
    carried = zipfile.ZipFile(wheel).namelist()
    sample = [name for name in carried if name.startswith("handoutpress/_builtin/sample/")]
    assert "handoutpress/_builtin/sample/references.yaml" in sample
    assert "handoutpress/_builtin/sample/handouts/acupuncture.en.yaml" in sample
    brands = {name.split("/")[3] for name in carried if name.startswith("handoutpress/_builtin/brands/")}
    assert brands == {"default"}
    assert not any(name.startswith(("tests/", "docs/", "setup/")) for name in carried)


def test_a_new_project_prints_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    start = (
        "import handoutpress, sys; from handoutpress.cli import main; print(handoutpress.__file__); sys.exit(main())"
    )

    def handouts(*arguments: str, cwd: Path) -> str:
        command = [sys.executable, "-c", start, *arguments]
        environment = os.environ | {"PYTHONPATH": str(installed)}
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert handouts("init", "demo", cwd=tmp_path).startswith(str(installed))
    handouts("build", cwd=tmp_path / "demo")
    assert list((tmp_path / "demo/out").rglob("*.pdf"))
