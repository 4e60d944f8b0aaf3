"""The server is killed while two browsers and another program write: no file is torn, and no one's words are lost."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path
from threading import Timer

import httpx2 as httpx
import pytest
from press_room import HANDOUT, clinic
from studio_room import OWN, etag_in

from handoutpress.app.studio.forms.form_edits import FieldEdit, data_of
from handoutpress.app.studio.saving import EditedFiles
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import Project, builtin_root

ROOT = Path(__file__).parents[2]
TEA = "/handouts/warm-tea/en"
EDITS, KILLED_IN = 500, 20
SEED = int(os.environ.get("HANDOUTS_SEED", "22"))
FIELDS = {"first browser": "title", "second browser": "author", "another program": "subtitle"}


class StudioProcess:
    """The studio in a process of its own, begun anew after each kill; all windows of one browser have its session."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.begin()

    def begin(self) -> None:
        words = [sys.executable, str(ROOT / "generate.py"), "studio", "--no-browser", "--port", "0", "--project"]
        self.process = subprocess.Popen([*words, str(self._root)], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        address = next(found[0] for line in self.process.stdout if (found := re.search(r"http://\S+", line)))
        self.browser = httpx.Client(base_url=address.partition("/enter")[0], headers=OWN, timeout=60)
        assert self.browser.get(address).status_code == 303

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()
        self.browser.close()

    def save(self, field: str, words: str) -> bool:
        """Whether the server has said that it saved."""
        try:
            etag = etag_in(self.browser.get(TEA).text)
            headers = {"If-Match": f'"{etag}"', "Accept": "application/json"}
            return self.browser.post(TEA, data={field: words}, headers=headers).status_code == 200
        except httpx.TransportError:
            return False


@pytest.mark.soak
def test_of_five_hundred_edits_between_kills_none_is_lost(tmp_path: Path) -> None:
    drawn = random.Random(SEED)
    root = clinic(tmp_path)
    path, project = root / HANDOUT, Project(root.resolve(), builtin_root())
    path.write_text(f"# of the file\n{path.read_text('utf-8')}# the end\n", encoding="utf-8")
    studio, saved, kills = StudioProcess(root), dict[str, str](), 0
    for number in range(EDITS):
        writer = drawn.choice(sorted(FIELDS))
        field, words = FIELDS[writer], f"Tea {number}"
        timer = Timer(drawn.random() * 0.2, studio.process.kill) if drawn.randrange(KILLED_IN) == 0 else None
        if timer:
            timer.start()
        if writer == "another program":
            files = EditedFiles(project)
            assert not files.edit(path, files.read(path).etag, Handout, [FieldEdit((field,), words)]).conflicts
            saved[field] = words
        elif studio.save(field, words) or data_of(path.read_text("utf-8"))[field] == words:
            saved[field] = words
        if timer:
            timer.join()
            studio.kill()
            studio.begin()
            kills += 1
        text = path.read_text("utf-8")
        assert text.startswith("# of the file\n")
        assert text.endswith("# the end\n")
        assert {name: data_of(text)[name] for name in saved} == saved, f"edit {number} with HANDOUTS_SEED={SEED}"
    studio.kill()
    assert kills > EDITS // KILLED_IN // 3
    assert not list((root / "handouts").glob("*.part"))
