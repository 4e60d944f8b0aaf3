"""The outbox: each letter once, each fate remembered, and nothing left of what is forgotten."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from mail_support import sample_mail
from mail_support.sample_mail import MemoryTransport

from handoutpress.content.models.mailboxes import MailError
from handoutpress.mail.outbox import CUT_OFF, DAY, EnclosedVersion, Outbox, open_outbox
from handoutpress.mail.outbox_store import pack, turn_to_send, unpack
from handoutpress.mail.sending import Pace, Paused, SendingResult, Sent, send_waiting
from handoutpress.mail.transports import DeliveryResult, FolderTransport, Transport, UnreachableError

PACE = Pace(per_minute=60, retry_after=(30, 120))


@pytest.fixture
def clock() -> sample_mail.FixedClock:
    return sample_mail.FixedClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".handoutpress" / "outbox.sqlite"


@pytest.fixture
def outbox(path: Path, clock: sample_mail.FixedClock) -> Iterator[Outbox]:
    with open_outbox(path, clock.now) as opened:
        yield opened


def send(outbox: Outbox, transport: Transport, clock: sample_mail.FixedClock) -> tuple[SendingResult, list[Sent]]:
    events: list[Sent | Paused] = []
    outcome = send_waiting(outbox, transport, PACE, clock.clock, events.append)
    return outcome, [event for event in events if isinstance(event, Sent)]


def states(outbox: Outbox) -> list[str]:
    return [row.state for row in outbox.recorded()]


def test_a_letter_comes_back_from_the_outbox_as_it_went_in(outbox: Outbox) -> None:
    entry = sample_mail.entry("münch@patients.example", name="Mia 🙂", note="Arrivederci")
    ((key,), repeated) = outbox.record([entry])
    assert repeated == ()
    assert outbox.letter(key) == entry.letter
    packed, files = pack(entry.letter)
    assert unpack(packed, files.__getitem__) == entry.letter


def test_a_letter_is_recorded_and_sent_once(outbox: Outbox, clock: sample_mail.FixedClock) -> None:
    entries = [sample_mail.entry("mia@patients.example"), sample_mail.entry("bob@patients.example")]
    new, _ = outbox.record(entries)
    memory = MemoryTransport()
    outcome, events = send(outbox, memory, clock)
    assert [event.person for event in events] == ["m…@p…", "b…@p…"]
    assert outcome.fates == dict.fromkeys(new, "sent")
    assert outbox.record([*entries, sample_mail.entry("Mia@Patients.example")]) == ((), (*new, new[0]))
    send(outbox, memory, clock)
    assert [letter.to.local for letter in memory.letters] == ["mia", "bob"]
    (second_copy,), _ = outbox.record(entries[:1], again=True)
    assert second_copy not in new
    assert outbox.record([sample_mail.entry(version="1.1")])[1] == ()


def test_all_are_recorded_or_none(outbox: Outbox) -> None:
    def entries() -> Iterator[object]:
        yield sample_mail.entry()
        raise MailError("The second cannot be made.")

    with pytest.raises(MailError):
        outbox.record(entries())  # type: ignore[arg-type]
    assert outbox.recorded() == ()


def test_the_outbox_is_its_owners_alone(outbox: Outbox, path: Path) -> None:
    outbox.record([sample_mail.entry()])
    files = [file for file in path.parent.iterdir() if file.name.startswith("outbox")]
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_mails_go_out_at_the_clinics_pace(outbox: Outbox, clock: sample_mail.FixedClock) -> None:
    outbox.record([sample_mail.entry(f"p{number}@patients.example") for number in range(3)])
    send(outbox, MemoryTransport(), clock)
    assert clock.waits == [1, 1]


def test_a_temporary_failure_is_tried_again_later_and_then_left_waiting(
    outbox: Outbox, clock: sample_mail.FixedClock
) -> None:
    outbox.record([sample_mail.entry(), sample_mail.entry("bob@patients.example")])
    busy = DeliveryResult("deferred", "Busy.")
    outcome, events = send(outbox, MemoryTransport([busy, DeliveryResult("sent"), busy, busy]), clock)
    assert [(event.id, event.fate) for event in events] == [
        (1, "deferred"), (2, "sent"), (1, "deferred"), (1, "deferred"),
    ]  # fmt: skip
    assert states(outbox) == ["waiting", "sent"]
    assert sum(clock.waits) == pytest.approx(150)
    assert outbox.recorded([1])[0].reason == "Busy."
    again, _ = send(outbox, MemoryTransport(), clock)
    assert (outcome.count("deferred"), again.fates) == (1, {1: "sent"})


def test_refused_and_unknown_letters_are_kept_and_never_repeated_by_themselves(
    outbox: Outbox, clock: sample_mail.FixedClock
) -> None:
    outbox.record([sample_mail.entry(), sample_mail.entry("bob@patients.example")])
    send(outbox, MemoryTransport([DeliveryResult("refused", "No."), DeliveryResult("unknown", "Lost.")]), clock)
    memory = MemoryTransport()
    assert send(outbox, memory, clock)[0].fates == {}
    assert states(outbox) == ["refused", "unknown"]
    outbox.retry([1, 2])
    send(outbox, memory, clock)
    assert states(outbox) == ["sent", "sent"]
    with pytest.raises(MailError, match="Letter 1 was sent"):
        outbox.retry([1])
    with pytest.raises(MailError, match="no letter 9"):
        outbox.retry([9])


def test_a_letter_that_was_being_handed_over_when_the_run_ended_is_held(
    outbox: Outbox, clock: sample_mail.FixedClock
) -> None:
    class Dies(MemoryTransport):
        def deliver(self, letter: object, point_of_no_return: object) -> DeliveryResult:
            point_of_no_return()  # type: ignore[operator]
            raise KeyboardInterrupt

    outbox.record([sample_mail.entry(), sample_mail.entry("bob@patients.example")])
    with pytest.raises(KeyboardInterrupt):
        send(outbox, Dies(), clock)
    assert states(outbox) == ["sending", "waiting"]
    memory = MemoryTransport()
    send(outbox, memory, clock)
    assert states(outbox) == ["unknown", "sent"]
    assert outbox.recorded([1])[0].reason == CUT_OFF


def test_a_server_out_of_reach_costs_no_letter_a_try(outbox: Outbox, clock: sample_mail.FixedClock) -> None:
    class Away(MemoryTransport):
        lasting = False

        def deliver(self, letter: object, point_of_no_return: object) -> DeliveryResult:
            raise UnreachableError("The mail server did not answer.", self.lasting)

    outbox.record([sample_mail.entry()])
    outcome, events = send(outbox, Away(), clock)
    assert (outcome.stopped, events, clock.waits) == ("The mail server did not answer.", [], [30, 120])
    assert [(row.state, row.attempts) for row in outbox.recorded()] == [("waiting", 0)]
    clock.waits.clear()
    lasting = Away()
    lasting.lasting = True
    assert send(outbox, lasting, clock)[0].stopped
    assert clock.waits == []


def test_a_server_that_stalls_is_given_up_within_five_minutes_and_each_wait_is_told(
    outbox: Outbox, clock: sample_mail.FixedClock
) -> None:
    class Silent(sample_mail.MemoryTransport):
        def deliver(self, letter: object, point_of_no_return: object) -> DeliveryResult:
            clock.time += 60  # the longest wait for an answer
            raise UnreachableError("The mail server did not answer.")

    outbox.record([sample_mail.entry()])
    began, events = clock.time, list[Sent | Paused]()
    outcome = send_waiting(outbox, Silent(), Pace(), clock.clock, events.append)
    assert outcome.stopped == "The mail server did not answer."
    assert clock.time - began <= 300
    assert events == [Paused(30, outcome.stopped)]


def test_a_letter_that_must_wait_says_why(outbox: Outbox, clock: sample_mail.FixedClock) -> None:
    outbox.record([sample_mail.entry()])
    events = list[Sent | Paused]()
    transport = sample_mail.MemoryTransport([DeliveryResult("deferred", "The mailbox is busy.")])
    send_waiting(outbox, transport, PACE, clock.clock, events.append)
    assert [event for event in events if isinstance(event, Paused)] == [Paused(30, "The mailbox is busy.")]


def test_only_one_run_sends_at_a_time(outbox: Outbox, path: Path) -> None:
    with turn_to_send(path), pytest.raises(MailError, match="Another run"), turn_to_send(path):
        pass
    with turn_to_send(path):
        pass


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_what_a_letter_said_is_erased_once_sent_and_the_rest_once_forgotten(
    path: Path, clock: sample_mail.FixedClock
) -> None:
    with open_outbox(path, clock.now) as outbox:
        secret = sample_mail.entry(
            sample_mail.SECRET_ADDRESS, name=sample_mail.SECRET_NAME, note=sample_mail.SECRET_NOTE
        )
        outbox.record([secret, sample_mail.entry("bob@patients.example")])
        assert sample_mail.SECRET_NOTE.encode() in _bytes_of(path.parent)
        send(outbox, MemoryTransport(), clock)
        assert outbox.connection.execute("SELECT count(*) FROM files").fetchone() == (0,)
        with pytest.raises(MailError, match="no longer has the text"):
            outbox.letter(1)
        assert outbox.forget([1]) == 1
        content = _bytes_of(path.parent)
    for private in (sample_mail.SECRET_ADDRESS, sample_mail.SECRET_NAME, sample_mail.SECRET_NOTE, "Quartermaine"):
        assert private.encode() not in content
    assert b"bob@patients.example" in content


def test_old_letters_are_forgotten_unless_their_fate_is_open(outbox: Outbox, clock: sample_mail.FixedClock) -> None:
    outbox.record([sample_mail.entry(f"p{number}@patients.example") for number in range(3)])
    send(
        outbox,
        MemoryTransport([DeliveryResult("sent"), DeliveryResult("unknown", "Lost."), DeliveryResult("refused", "No.")]),
        clock,
    )
    assert outbox.forget_older(30) == (0, 0)
    clock.time += 31 * DAY
    outbox.record([sample_mail.entry("new@patients.example")])
    assert outbox.forget_older(30) == (2, 1)
    assert [(row.id, row.state) for row in outbox.recorded()] == [(2, "unknown"), (4, "waiting")]


def test_shared_files_are_kept_once_and_as_long_as_someone_needs_them(
    outbox: Outbox, clock: sample_mail.FixedClock
) -> None:
    outbox.record([sample_mail.entry("a@patients.example"), sample_mail.entry("b@patients.example")])
    assert outbox.connection.execute("SELECT count(*) FROM files").fetchone() == (1,)
    outbox.forget([1])
    assert outbox.letter(2).attachments[0].content == sample_mail.small_pdf("acupuncture")


def test_a_recall_reaches_those_who_may_have_an_old_version(outbox: Outbox, clock: sample_mail.FixedClock) -> None:
    outbox.record(
        [
            sample_mail.entry("old@patients.example", "1.9", name="Olive"),
            sample_mail.entry("lost@patients.example", "1.2"),
            sample_mail.entry("new@patients.example", "1.10"),
            sample_mail.entry("both@patients.example", "1.2"),
            sample_mail.entry("both@patients.example", "1.10"),
            sample_mail.entry("never@patients.example", "1.2"),
        ]
    )
    fates = [
        DeliveryResult("sent"),
        DeliveryResult("unknown", "Lost."),
        *[DeliveryResult("sent")] * 3,
        DeliveryResult("refused", "No."),
    ]
    send(outbox, MemoryTransport(fates), clock)
    patients = outbox.patients_below("acupuncture", "1.10")
    assert [(patient.address, patient.name) for patient in patients] == [
        ("old@patients.example", "Olive"), ("lost@patients.example", ""),
    ]  # fmt: skip
    assert outbox.patients_below("cupping", "9.0") == ()
    in_any = {patient.address.partition("@")[0] for patient in outbox.patients_below("acupuncture")}
    assert in_any == {"old", "lost", "new", "both"}


def test_what_was_recalled_since_it_was_recorded_is_not_sent(outbox: Outbox, clock: sample_mail.FixedClock) -> None:
    outbox.record([sample_mail.entry("mia@patients.example"), sample_mail.entry("bob@patients.example", version="1.1")])
    memory, events = MemoryTransport(), list[Sent | Paused]()

    def withheld(enclosures: Sequence[EnclosedVersion]) -> str:
        return "It was recalled." if enclosures[0].version == "1.0" else ""

    send_waiting(outbox, memory, PACE, clock.clock, events.append, withheld)
    assert [(event.fate, event.reason) for event in events if isinstance(event, Sent)] == [
        ("refused", "It was recalled."),
        ("sent", ""),
    ]
    assert [letter.to.local for letter in memory.letters] == ["bob"]
    assert states(outbox) == ["refused", "sent"]


def test_an_outbox_of_an_earlier_version_is_read_on(path: Path, clock: sample_mail.FixedClock) -> None:
    with open_outbox(path, clock.now) as outbox:
        outbox.record([sample_mail.entry()])
        outbox.connection.execute("ALTER TABLE enclosures DROP COLUMN content_hash")
        outbox.connection.execute("ALTER TABLE letters DROP COLUMN purpose")
        outbox.connection.execute("UPDATE letters SET packed = replace(packed, ', \"logo\": null', '')")
        outbox.connection.execute("PRAGMA user_version = 1")
    with open_outbox(path, clock.now) as outbox:
        assert outbox.letter(1).logo is None
        assert outbox.recorded()[0].recall == ()
        assert outbox.recorded()[0].enclosures == (EnclosedVersion("acupuncture", "1.0", ""),)


def test_a_full_disk_is_told_as_such_and_damages_nothing(path: Path, clock: sample_mail.FixedClock) -> None:
    with open_outbox(path, clock.now) as outbox:
        outbox.record([sample_mail.entry()])
    told = r"cannot be used now: database or disk is full\. What it holds is as it was"
    with pytest.raises(MailError, match=told), open_outbox(path, clock.now) as outbox:
        pages = outbox.connection.execute("PRAGMA page_count").fetchone()[0]
        outbox.connection.execute(f"PRAGMA max_page_count = {pages}")
        outbox.record(sample_mail.entry(f"p{number}@patients.example") for number in range(200))
    with open_outbox(path, clock.now) as outbox:
        assert len(outbox.recorded()) == 1


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path, clock: sample_mail.FixedClock) -> None:
    (tmp_path / "state").write_text("a file where a folder should be", "utf-8")
    told = r"state/outbox\.sqlite cannot be used now: file exists\. "
    with pytest.raises(MailError, match=told), open_outbox(tmp_path / "state" / "outbox.sqlite", clock.now):
        pass


def test_a_file_that_is_no_outbox_is_refused(tmp_path: Path, clock: sample_mail.FixedClock) -> None:
    path = tmp_path / "outbox.sqlite"
    path.write_bytes(b"something else entirely, and long enough" * 100)
    with pytest.raises(MailError, match="damaged or is no outbox"), open_outbox(path, clock.now):
        pass
    assert path.read_bytes().startswith(b"something else")


def test_an_outbox_of_a_later_version_is_refused(path: Path, clock: sample_mail.FixedClock) -> None:
    with open_outbox(path, clock.now) as outbox:
        outbox.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(MailError, match="another version"), open_outbox(path, clock.now):
        pass


def test_drafts_are_files_that_tell_nobodys_name(tmp_path: Path, outbox: Outbox, clock: sample_mail.FixedClock) -> None:
    folder = tmp_path / "drafts"
    for turn in range(2):
        with FolderTransport(folder) as transport:
            transport.deliver(sample_mail.letter(sample_mail.SECRET_ADDRESS), lambda: None)
        assert [path.name for path in transport.written] == [f"draft-{turn + 1:04d}.eml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert (folder / "draft-0001.eml").read_bytes().startswith(b"X-Unsent: 1\r\n")
