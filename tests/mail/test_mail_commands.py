"""The mail commands as a practitioner types them, with the real press, a real server and a search for what leaked."""

from __future__ import annotations

import email
import stat
import time
from datetime import date, timedelta
from email import policy
from pathlib import Path

import pytest
from mail_support import leaks, sample_mail
from mail_support.server import Post
from mail_support.terminal import ICE, Terminal, secret_list

from handoutpress.app.mail import Mailer
from handoutpress.app.project import today
from handoutpress.batch.releases.recalls import Recall, note_recall
from handoutpress.content.project import find_project
from handoutpress.content.skeletons import mail_settings_skeleton
from handoutpress.mail.outbox import DAY
from handoutpress.mail.sending import Clock, SendingResult


def test_a_dry_run_shows_the_mail_and_keeps_nothing(terminal: Terminal) -> None:
    code, output = terminal.run(*ICE, "--dry-run", typed="mia@patients.example\nMia\nSee you on Monday.\n")
    assert code == 0
    for words in (
        "To: Mia <mia@patients.example>",
        "Ice packs.pdf",
        "Ice may ease pain for an hour.",
        "See you on Monday.",
    ):
        assert words in output
    assert "[@" not in output
    assert not (terminal.folder / ".handoutpress" / "outbox.sqlite").exists()


def test_a_person_at_a_terminal_is_asked_for_what_was_not_given(terminal: Terminal) -> None:
    to = (*ICE, "--to", "mia@patients.example", "--dry-run")
    code, output = terminal.run(*to, typed="Mia\nSee you on Monday.\n", script=False)
    assert code == 0
    assert "To: Mia <mia@patients.example>" in output
    assert "See you on Monday." in output


def test_a_draft_is_written_for_one_place_of_the_brand(terminal: Terminal) -> None:
    code, output = terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, "--site", "York", "--eml", "drafts", "--yes")
    assert (code, "Wrote 1 to drafts." in output) == (0, True)
    (draft,) = (terminal.folder / "drafts").iterdir()
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    message = email.message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert (message["X-Unsent"], message["Reply-To"]) == ("1", "River Clinic <york@river.example>")
    (pdf,) = message.iter_attachments()
    assert pdf.get_content().startswith(b"%PDF-")


def test_a_mail_is_sent_once_and_the_outbox_remembers_it_masked(terminal: Terminal, settings: Post) -> None:
    to = (*ICE, "--to", sample_mail.SECRET_ADDRESS, "--name", sample_mail.SECRET_NAME)
    assert terminal.run(*to, "--send", "--yes") == (0, "Sent 1, refused 0.\n")
    code, output = terminal.run(*to, "--send", "--yes")
    assert (code, "is in the outbox already (sent," in output) == (0, True)
    assert settings.addresses() == [sample_mail.SECRET_ADDRESS]
    terminal.run(*to, "--send", "--yes", "--again")
    assert len(settings.delivered) == 2
    code, output = terminal.run("outbox", "list")
    assert output.count("w…@p…  sent  ice-packs 1.1") == 2
    assert not leaks.names_one("".join(terminal.said).encode())


def test_a_handout_is_mailed_once_whatever_else_comes_with_it(terminal: Terminal, settings: Post) -> None:
    handouts = terminal.folder / "handouts"
    text = (handouts / "ice-packs.en.yaml").read_text("utf-8")
    (handouts / "cold-packs.en.yaml").write_text(text.replace("articles/ice-packs", "articles/cold-packs"), "utf-8")
    to = ("--brand", "river-clinic", "--to", sample_mail.SECRET_ADDRESS, "--send", "--yes")
    assert terminal.run("mail", "ice-packs", "cold-packs", *to)[0] == 0
    code, output = terminal.run("mail", "ice-packs", *to)
    assert (code, "is in the outbox already (sent," in output, len(settings.delivered)) == (0, True, 1)
    rows = ("address;handouts", "bob@patients.example;ice-packs cold-packs", "BOB@patients.example;cold-packs")
    (terminal.folder / "patients.csv").write_text("\n".join(rows), "utf-8")
    code, output = terminal.run("mail", "--recipients", "patients.csv", "--send", "--yes")
    assert (code, settings.addresses()) == (0, [sample_mail.SECRET_ADDRESS, "bob@patients.example"]), output
    assert "Line 3 names someone to whom an earlier line mails the same." in output


def test_the_owner_of_the_outbox_sees_whom_a_letter_went_to(terminal: Terminal, settings: Post) -> None:
    terminal.run(*ICE, "--to", "mia@patients.example", "--name", "Mia", "--send", "--yes")
    code, output = terminal.run("outbox", "show", "1")
    assert (code, output.splitlines()[:3]) == (
        0,
        ["Letter 1: sent.", "To: Mia <mia@patients.example>", "From: river-clinic"],
    )
    assert "Handouts: ice-packs 1.1 (en)" in output
    assert terminal.run("outbox", "show", "7") == (1, "The outbox has no letter 7.\n")


def test_without_a_release_a_person_is_asked_and_a_script_must_say_yes(terminal: Terminal, settings: Post) -> None:
    command = (*ICE, "--to", "mia@patients.example", "--name", "", "--note-file", "/dev/null", "--send")
    code, output = terminal.run(*command)
    assert (code, 'Hint: release them first with "handouts release", or add --yes.' in output) == (1, True)
    assert terminal.run(*command, typed="n\n", script=False)[0] == 130
    assert settings.delivered == []
    assert terminal.run(*command, typed="y\n", script=False)[0] == 0
    assert len(settings.delivered) == 1


def test_what_is_not_in_the_current_release_is_not_mailed(terminal: Terminal, settings: Post) -> None:
    make_releasable(terminal.folder)
    assert terminal.run("release", "spring")[0] == 0, terminal.said
    command = (*ICE, "--to", "mia@patients.example", "--send")
    path = terminal.folder / "handouts" / "ice-packs.en.yaml"
    released = path.read_text("utf-8")
    path.write_text(released.replace("ease pain for an hour", "ease pain for a while"), "utf-8")
    code, output = terminal.run(*command)
    assert (code, settings.delivered) == (1, [])
    assert "ice-packs (en), version 1.1, as it stands is not in the current release, spring." in output
    path.write_text(released, "utf-8")
    assert terminal.run(*command)[0] == 0
    assert len(settings.delivered) == 1


def make_releasable(project: Path) -> None:
    """Give the clinic what a release asks for: real addresses, and handouts that are reviewed and in date."""
    (project / "handouts" / "heat-packs.en.yaml").unlink()
    for path in (project / "handouts" / "ice-packs.en.yaml", project / "brands" / "river-clinic" / "_brand.yml"):
        text = path.read_text("utf-8").replace("river.example", "river.clinic").replace("example.org", "river.clinic")
        path.write_text(text, "utf-8")
    with (project / "handouts" / "ice-packs.en.yaml").open("a", encoding="utf-8") as file:
        file.write(f"reviewed: {{by: Dr A. Sample, on: {today()}, next: {today() + timedelta(days=365)}}}\n")
    with (project / "brands" / "river-clinic" / "_brand.yml").open("a", encoding="utf-8") as file:
        file.write("    formats: [a4-leaflet]\n")


def test_what_was_recalled_is_not_mailed(terminal: Terminal) -> None:
    (terminal.folder / "releases").mkdir()
    note_recall(terminal.folder / "releases", Recall("ice-packs", "1.2", (), date(2026, 11, 27)))
    code, output = terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, "--dry-run")
    assert (code, "ice-packs (en), version 1.1, was recalled on 2026-11-27." in output) == (1, True)
    assert "A check found errors" not in output


def test_what_is_recalled_while_it_waits_is_not_sent(
    terminal: Terminal, settings: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("handoutpress.app.mail.send_waiting", lambda *_: SendingResult(stopped="The server is down."))
        terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, "--send", "--yes")
    (terminal.folder / "releases").mkdir()
    with Mailer(find_project(terminal.folder)).outbox() as outbox:
        ((enclosed,),) = (letter.enclosures for letter in outbox.recorded())
    recall = Recall("another-name", "", (enclosed.content_hash,), date(2026, 11, 27))
    note_recall(terminal.folder / "releases", recall)
    code, output = terminal.run("outbox", "retry")
    assert (code, settings.delivered) == (1, [])
    assert "ice-packs, version 1.1, was recalled on 2026-11-27." in output


def test_many_are_mailed_when_all_rows_are_good_or_bad_ones_may_be_skipped(terminal: Terminal, settings: Post) -> None:
    table = secret_list(terminal.folder, "bob@patients.example;Bob;\nnobody;;\n")
    command = (*ICE, "--recipients", table, "--send")
    code, output = terminal.run(*command, "--yes")
    assert (code, settings.delivered) == (1, [])
    assert "patients.csv:4:1: The address needs a name" in output
    code, output = terminal.run(*command, "--skip-bad", typed="y\nn\n", script=False)
    assert (code, settings.delivered) == (1, [])
    assert "To w…@p…: Ice packs: your handout from River Clinic (Ice packs.pdf)" in output
    assert "Send 2?" in output
    assert terminal.run(*command, "--skip-bad", "--yes")[0] == 0
    assert settings.addresses() == [sample_mail.SECRET_ADDRESS, "bob@patients.example"]
    assert b"Auto-Submitted: auto-generated\r\n" in settings.delivered[0].content
    assert not leaks.names_one("".join(terminal.said).encode())


def test_the_first_three_of_many_are_shown_and_the_others_counted(terminal: Terminal, settings: Post) -> None:
    table = secret_list(terminal.folder, "".join(f"p{number}@patients.example;;\n" for number in range(4)))
    command = (*ICE, "--recipients", table)
    code, output = terminal.run(*command, "--dry-run")
    assert (code, output.count("Subject: "), "… and 2 more.\n" in output) == (0, 3, True)
    code, output = terminal.run(*command, "--send", typed="y\nn\n", script=False)
    assert (code, output.count("Ice packs: your handout"), settings.delivered) == (1, 3, [])
    assert "Send 5? [y/N]" in output


def test_what_was_sent_is_forgotten_after_thirty_days(
    terminal: Terminal, settings: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, "--send", "--yes")
    for days, is_listed in ((29, True), (31, False)):
        later = Clock(lambda days=days: time.time() + days * DAY, time.sleep)  # type: ignore[misc]
        monkeypatch.setattr("handoutpress.app.mail.CLOCK", later)
        assert ("The outbox is empty." not in terminal.run("outbox", "list")[1]) == is_listed


def test_what_fails_is_named_kept_and_sent_when_asked(terminal: Terminal, settings: Post) -> None:
    settings.faults["RCPT"] = [f"550 5.1.1 <{sample_mail.SECRET_ADDRESS}> unknown"]
    settings.faults["after dot"] = ["drop"]
    table = secret_list(terminal.folder, "bob@patients.example;Bob;\n")
    code, output = terminal.run(*ICE, "--recipients", table, "--send", "--yes")
    assert code == 1
    assert "Letter 1 to w…@p…: refused. There is no such mailbox (550 5.1.1)." in output
    assert "Letter 2 to b…@p… is unknown." in output
    assert terminal.run("outbox", "retry")[0] == 1
    assert settings.addresses() == ["bob@patients.example"]
    again = terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, "--send", "--yes")[1]
    assert "Letter 1 to w…@p… was refused (" in again
    assert "and is not sent again. There is no such mailbox (550 5.1.1)." in again
    assert '"handouts outbox retry 1" tries again' in again
    assert "Nobody is sent" not in again
    assert terminal.run("outbox", "forget", "2") == (0, "Forgot 1.\n")
    assert terminal.run("outbox", "retry", "1") == (0, "Sent 1, refused 0.\n")
    assert settings.addresses() == ["bob@patients.example", sample_mail.SECRET_ADDRESS]
    assert not leaks.names_one("".join(terminal.said).encode())


def test_a_recall_is_written_to_those_who_were_sent_the_old_version(terminal: Terminal, settings: Post) -> None:
    terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, "--name", "Mina", "--send", "--yes")
    handout = terminal.folder / "handouts" / "ice-packs.en.yaml"
    handout.write_text(handout.read_text("utf-8").replace('version: "1.1"', 'version: "1.2"'), "utf-8")
    assert "Nobody" in terminal.run("outbox", "recall", "ice-packs", "--below", "1.1", "--dry-run")[1]
    code, _ = terminal.run("outbox", "recall", "ice-packs", "--below", "1.2", "--eml", "drafts", "--yes")
    assert code == 0
    (draft,) = (terminal.folder / "drafts").iterdir()
    message = email.message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert message["Subject"] == "Please replace your copy of “Ice packs” from River Clinic"
    assert message["To"] == f"Mina <{sample_mail.SECRET_ADDRESS}>"
    assert len(list(message.iter_attachments())) == 1
    assert terminal.run("outbox", "recall", "ice-packs", "--below", "1.2", "--send", "--yes")[0] == 0
    assert len(settings.delivered) == 2
    assert "Nobody" in terminal.run("outbox", "recall", "ice-packs", "--below", "1.2", "--dry-run")[1]


@pytest.mark.parametrize("how", [("--eml", "letters"), ("--send",)])
def test_settings_that_nobody_has_filled_in_send_nothing(terminal: Terminal, how: tuple[str, ...]) -> None:
    (terminal.folder / "mail.yaml").write_text(mail_settings_skeleton(), "utf-8")
    code, output = terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, *how, "--yes")
    assert code == 1
    assert "mail.yaml:3:9: The sender handouts@your-clinic.example is the sample's. Hint: write" in output
    assert "mail.yaml:5:9: The server smtp.your-provider.example is the sample's." in output
    assert not (terminal.folder / "letters").exists()


def test_a_recall_goes_out_from_the_first_place_where_the_old_one_was_renamed(
    terminal: Terminal, settings: Post
) -> None:
    to = ("--to", sample_mail.SECRET_ADDRESS, "--site", "York")
    terminal.run(*ICE, *to, "--send", "--yes")
    for path, old, new in (
        ("brands/river-clinic/_brand.yml", "York", "Harrogate"),
        ("handouts/ice-packs.en.yaml", 'version: "1.1"', 'version: "1.2"'),
    ):
        file = terminal.folder / path
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    with Mailer(find_project(terminal.folder)).outbox() as outbox:
        outbox.connection.execute("UPDATE letters SET format = 'a5-folder'")
    code, output = terminal.run("outbox", "recall", "ice-packs", "--below", "1.2", "--eml", "drafts", "--yes")
    assert code == 0, output
    assert 'river-clinic has no place "York" any more: these letters come from its first place, "Leeds".' in output
    assert 'There is no format "a5-folder" any more: these letters bring "a4-leaflet".' in output
    assert len(list((terminal.folder / "drafts").iterdir())) == 1


def test_a_brand_that_is_gone_keeps_no_other_from_being_recalled(terminal: Terminal, settings: Post) -> None:
    terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, "--send", "--yes")
    terminal.run(*ICE, "--to", "bob@patients.example", "--send", "--yes")
    with Mailer(find_project(terminal.folder)).outbox() as outbox:
        outbox.connection.execute("UPDATE letters SET brand = 'a-lost-one' WHERE address LIKE 'bob%'")
    code, output = terminal.run("outbox", "recall", "ice-packs", "--below", "2.0", "--eml", "drafts", "--yes")
    assert (code, len(list((terminal.folder / "drafts").iterdir()))) == (1, 1)
    assert 'No brand is called "a-lost-one".' in output
    assert "1 person was sent ice-packs by a-lost-one and is not written to now." in output


def test_whoever_was_told_to_throw_a_sheet_away_gets_the_right_one_once_there_is_one(
    terminal: Terminal, settings: Post
) -> None:
    terminal.run(*ICE, "--to", sample_mail.SECRET_ADDRESS, "--send", "--yes")
    recall = ("outbox", "recall", "ice-packs", "--below", "1.2", "--send", "--yes")
    assert terminal.run(*recall)[0] == 0
    assert "is in the outbox already" in terminal.run(*recall)[1]
    assert "recall of ice-packs below 1.2" in terminal.run("outbox", "list")[1].splitlines()[1]
    assert "Handouts: recall of ice-packs below 1.2" in terminal.run("outbox", "show", "2")[1]
    handout = terminal.folder / "handouts" / "ice-packs.en.yaml"
    handout.write_text(handout.read_text("utf-8").replace('version: "1.1"', 'version: "1.2"'), "utf-8")
    assert terminal.run(*recall)[0] == 0
    told = [email.message_from_bytes(each.content, policy=policy.default) for each in settings.delivered]
    assert [len(list(message.iter_attachments())) for message in told] == [1, 0, 1]
    assert "Nobody" in terminal.run(*recall)[1]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            ("mail", "heat-packs", "--brand", "river-clinic", "--dry-run"),
            1,
            "review-overdue: The review was due on 2021-01-01.",
        ),
        (("mail", "snow", "--brand", "river-clinic", "--dry-run"), 1, 'There is no handout "snow"'),
        ((*ICE, "--language", "fr", "--dry-run"), 1, 'There is no handout "ice-packs" in the language "fr"'),
        ((*ICE, "--site", "Hull", "--dry-run"), 1, 'Its places: "Leeds", "York".'),
        ((*ICE, "--send"), 1, "There is no mail.yaml"),
        (ICE, 2, "choose one of"),
        ((*ICE, "--send", "--dry-run"), 2, "choose one of"),
        (("mail", "--brand", "river-clinic", "--dry-run"), 2, "name at least one handout"),
        (("outbox", "forget"), 2, "give the numbers of letters or --older-than"),
        (("outbox", "forget", "9"), 1, "The outbox has no letter 9."),
        (("outbox", "recall", "ice-packs", "--below", "two", "--dry-run"), 1, '"two" is not a version'),
    ],
)
def test_what_cannot_be_mailed_is_refused_with_a_sentence(
    terminal: Terminal, words: tuple[str, ...], code: int, sentence: str
) -> None:
    to = ("--to", "mia@patients.example") if words[0] == "mail" else ()
    result, output = terminal.run(*words, *to)
    assert (result, sentence in output) == (code, True), output


def test_a_mistake_in_the_settings_is_told_with_its_place(terminal: Terminal) -> None:
    (terminal.folder / "mail.yaml").write_text("sender: nobody\nserver:\n  host: x\n  password: hush\n", "utf-8")
    code, output = terminal.run(*ICE, "--to", "mia@patients.example", "--send", "--yes")
    assert code == 1
    assert "mail.yaml:1:" in output
    assert "mail.yaml:4:" in output
    assert "hush" not in output


def test_a_locked_pdf_takes_its_password_from_a_file(terminal: Terminal) -> None:
    (terminal.folder / "password.txt").write_text("swordfish-1987\n", "utf-8")
    terminal.run(*ICE, "--to", "mia@patients.example", "--password-file", "password.txt", "--eml", "drafts", "--yes")
    (draft,) = (terminal.folder / "drafts").iterdir()
    (pdf,) = email.message_from_bytes(draft.read_bytes(), policy=policy.default).iter_attachments()
    assert b"/Encrypt" in pdf.get_content()
    assert b"swordfish" not in draft.read_bytes()


def test_nothing_about_a_patient_is_left_anywhere_but_in_the_mail_and_the_outbox(
    terminal: Terminal, settings: Post
) -> None:
    table = secret_list(terminal.folder)
    settings.faults |= {
        "RCPT": [f"450 4.2.1 {sample_mail.SECRET_ADDRESS} busy"],
        "dot": [f"451 {sample_mail.SECRET_NAME}"],
    }
    terminal.run(*ICE, "--recipients", table, "--send", "--yes")
    terminal.run(
        *ICE, "--to", f"{sample_mail.SECRET_ADDRESS}\n", "--name", f"{sample_mail.SECRET_NAME}\r\nBcc: x", "--send"
    )
    terminal.run("outbox", "list")
    terminal.run("outbox", "retry")
    assert terminal.run("build", "ice-packs", "--format", "a4-leaflet", "--html")[0] == 0
    assert {path.suffix for path in (terminal.folder / "out").rglob("*")} >= {".pdf", ".html", ".json"}
    assert len(settings.delivered) == 1
    assert all(words.encode() in settings.delivered[0].content for words in (sample_mail.SECRET_ADDRESS, "xylophonist"))
    assert not leaks.names_one("".join(terminal.said).encode())
    assert leaks.search(terminal.folder.parent) == []
    outbox = terminal.folder / ".handoutpress" / "outbox.sqlite"
    assert leaks.names_one(outbox.read_bytes()), "the search sees nothing, so it proves nothing"
    terminal.run("outbox", "forget", "--older-than", "0")
    assert not any(leaks.names_one(path.read_bytes()) for path in outbox.parent.glob("outbox.*"))
