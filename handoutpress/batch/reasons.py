"""Why an output is made, in one sentence, or that it need not be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from handoutpress.batch.log.build_log import BuildLog, OutputRecord
from handoutpress.batch.log.input_table import InputNumbers
from handoutpress.batch.plan import BuildPlan, PlannedOutput
from handoutpress.store.digests import file_digest
from handoutpress.store.files import FileStamp, stamp_of

UNCHANGED = "unchanged"
FORCED = "asked for"
NEVER_MADE = "never made"
MISSING = "output is missing"
EDITED = "output was changed by hand"
FOREIGN_LOG = "the build log is of another version of Handout Press"

_DIGEST = re.compile(r"[0-9a-f]{32,128}")


class OutputVerdict(NamedTuple):
    """Whether an output is stale, and why. ``stamp`` is there where the file is still ours, though it was moved."""

    output: PlannedOutput
    stale: bool
    sentence: str
    stamp: FileStamp | None = None


@dataclass(frozen=True, slots=True)
class RemakeOptions:
    """What is made again: ``force`` makes everything, ``verify`` hashes every file instead of trusting its stamp."""

    force: bool = False
    verify: bool = False


def judge(plan: BuildPlan, log: BuildLog, out: Path, options: RemakeOptions = RemakeOptions()) -> list[OutputVerdict]:
    """Return a verdict for each output of the plan, in its order. Reads the log's files, changes nothing."""
    output_judge = _OutputJudge(plan, log, out, options)
    return [output_judge.verdict(output) for output in plan.outputs]


class _OutputJudge:
    """Compares outputs of a plan with what the log says of them, and with the files."""

    def __init__(self, plan: BuildPlan, log: BuildLog, out: Path, options: RemakeOptions) -> None:
        self.plan, self.log, self.options = plan, log, options
        self.folder = str(out)
        self.log_numbers = [self._log_number(part) for part in plan.inputs.parts]

    def verdict(self, output: PlannedOutput) -> OutputVerdict:
        if self.options.force:
            return OutputVerdict(output, True, FORCED)
        record = self.log.records.get(output.path)
        if record is None:
            return OutputVerdict(output, True, FOREIGN_LOG if self.log.foreign else NEVER_MADE)
        if self._parts_differ(output, record) and (changed := self._difference(output, record)):
            return OutputVerdict(output, True, changed)
        return self._file_verdict(output, record)

    def _log_number(self, part: InputNumbers) -> int:
        """Return the log's number of a part of the plan; -1 where the log has none."""
        number = self.log.inputs.find_part([self.plan.inputs.pairs[place] for place in part])
        return -1 if number is None else number

    def _parts_differ(self, output: PlannedOutput, record: OutputRecord) -> bool:
        numbers = sorted([self.log_numbers[number] for number in output.made_from])
        return numbers != list(record.made_from)

    def _difference(self, output: PlannedOutput, record: OutputRecord) -> str:
        """Return what changed; "" where the same inputs only come in other parts."""
        before, now = self.log.inputs.mapping(record.made_from), self.plan.inputs.mapping(output.made_from)
        return "" if before == now else difference(before, now)

    def _file_verdict(self, output: PlannedOutput, record: OutputRecord) -> OutputVerdict:
        path = f"{self.folder}/{output.path}"
        try:
            stamp = stamp_of(path)
            if stamp == record.stamp and not self.options.verify:
                return OutputVerdict(output, False, UNCHANGED)
            # A file that was copied or touched has another stamp, and is still ours if its bytes are.
            if stamp.size == record.stamp.size and file_digest(path) == record.sha256:
                return OutputVerdict(output, False, UNCHANGED, stamp)
        except (FileNotFoundError, NotADirectoryError):
            return OutputVerdict(output, True, MISSING)
        except OSError:
            return OutputVerdict(output, True, EDITED)
        return OutputVerdict(output, True, EDITED)


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Return what changed between two sets of inputs, in one sentence: the first change, and the number of others."""
    first, *further = differences(before, now)
    return f"{first}, and {len(further)} more" if further else first


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield each change between two sets of inputs in a few words, the user's own files first."""
    for name in _files_first({*before, *now}):
        if name not in before:
            yield f"{name} was added"
        elif name not in now:
            yield f"{name} was removed"
        elif before[name] != now[name]:
            yield _change(name, before[name], now[name])


def _change(name: str, before: str, now: str) -> str:
    if _DIGEST.fullmatch(before) or _DIGEST.fullmatch(now):
        return f"{name} changed"
    return f"{name} {before} → {now}"


def _files_first(names: Iterable[str]) -> list[str]:
    # What the user wrote comes before versions of libraries: it is the likelier answer.
    return sorted(names, key=lambda name: ("/" not in name, name))
