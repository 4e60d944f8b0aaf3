"""Letters: their headers, bodies and attachments, in the bytes that travel."""

from __future__ import annotations

import email
import io
from dataclasses import replace
from datetime import date
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from expected import assert_expected
from mail_support import sample_mail

from handoutpress.content.brand.extras.values import Extras, Lines, Person, SocialLink
from handoutpress.content.models.countries import CrisisLine
from handoutpress.content.models.languages import MailPhrases
from handoutpress.content.models.mailboxes import MailError, parse_mailbox
from handoutpress.mail.attachments import distinct, lock_pdf, plain_file_name
from handoutpress.mail.compose import compose
from handoutpress.mail.letter_context import RecallNotice, choose_contact
from handoutpress.mail.letter_values import letter_values
from handoutpress.mail.letters import to_bytes
from handoutpress.press.page.html_words import plain_text
from handoutpress.press.page.phrases import spoken_name
from handoutpress.press.page.templates import Templates
from handoutpress.yamlfile.problems import HandoutError


def read_back(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=policy.SMTP.clone(raise_on_defect=True))
    assert isinstance(message, EmailMessage)
    return message


def bodies(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def test_a_letter_has_its_headers_its_two_bodies_and_its_pdf() -> None:
    message = read_back(to_bytes(sample_mail.letter(name="Mia Ström", note="See you on Monday.")))
    assert message["From"] == "Northern Sports Clinic <handouts@clinic.example>"
    assert message["To"] == "Mia Ström <mia@patients.example>"
    assert message["Reply-To"] == "Northern Sports Clinic <leeds@clinic.example>"
    assert message["Subject"] == "Acupuncture: your handout from Northern Sports Clinic"
    assert message["Date"] == "Sun, 22 Nov 2026 09:30:00 +0000"
    assert message["Message-ID"] == "<0123456789abcdef@clinic.example>"
    assert message["Content-Language"] == "en"
    assert message["MIME-Version"] == "1.0"
    assert message["X-Unsent"] is message["Auto-Submitted"] is None
    text, html = bodies(message)
    for words in ("Hello Mia Ström,", "See you on Monday.", "chest pain", "999", "NHS 111"):
        assert words in text
        assert words in html
    for link in ("https://articles.example/acupuncture", "https://articles.example/acupuncture#references"):
        assert link in text
        assert f'href="{link}"' in html
    (pdf,) = message.iter_attachments()
    assert pdf.get_content_type() == "application/pdf"
    assert pdf.get_filename() == "Acupuncture.pdf"
    assert pdf.get_content() == sample_mail.small_pdf("acupuncture")


def test_a_sheet_without_codes_has_no_links_and_says_when_to_call() -> None:
    sheet = sample_mail.enclosure(
        article_url="",
        references_url="",
        urgent_heading="Get help now",
        call_us="<ul><li>a blister</li></ul>",
        call_heading="Call us",
    )
    stamp = sample_mail.STAMP
    letter = compose(sample_mail.recipient(), (sheet,), sample_mail.context(), stamp)
    text, html = bodies(read_back(to_bytes(letter)))
    for body in (text, html):
        assert "Read the full article" not in body
        assert body.index("Call us") < body.index("a blister") < body.index("Get help now") < body.index("chest pain")
    phone = sample_mail.context().contact.phone
    assert f"Call us {phone}" in " ".join(text.split())
    assert 'href="tel:' in html[html.index("Call us") : html.index("a blister")]
    assert "\r\n\r\n\r\n\r\n" not in text


def test_whom_to_call_in_an_emergency_stands_before_what_is_none() -> None:
    two_lists = "<ul><li>chest pain</li></ul><p>See a doctor the same day for:</p><ul><li>a fever</li></ul>"
    sheet = sample_mail.enclosure(urgent_help=two_lists)
    letter = compose(sample_mail.recipient(), (sheet,), sample_mail.context(), sample_mail.STAMP)
    for body in bodies(read_back(to_bytes(letter))):
        places = [body.find(words) for words in ("chest pain", "999", "See a doctor", "a fever", "NHS 111")]
        assert places == sorted(places)
        assert -1 not in places


def test_a_clinics_own_template_has_the_call_before_what_is_none() -> None:
    two_lists = "<ul><li>chest pain</li></ul><p>See a doctor the same day for:</p><ul><li>a fever</li></ul>"
    for signs, calls in ((two_lists, 1), ("<ul><li>chest pain</li></ul>", 0)):
        sheet = sample_mail.enclosure(urgent_help=signs)
        (leaflet,) = letter_values(sample_mail.recipient(), (sheet,), sample_mail.context(), True, None)["leaflets"]
        for whole in (leaflet["urgent_help"], leaflet["urgent_help_text"]):
            assert whole.count("Call 999") == calls
            assert not calls or whole.index("chest pain") < whole.index("999") < whole.index("See a doctor")


@pytest.mark.parametrize("lesser", ["", "<p>See a doctor the same day for:</p><ul><li>a fever</li></ul>"])
def test_the_crisis_line_stands_after_the_emergency_number(lesser: str) -> None:
    line = CrisisLine(name="Samaritans", number="116 123", source="https://line.example/", confirmed=date(2026, 11, 30))
    context = sample_mail.context(country=sample_mail.BRITAIN.model_copy(update={"crisis_line": line}))
    sheet = sample_mail.enclosure(urgent_help=f"<ul><li>chest pain</li></ul>{lesser}", crisis_line=True)
    letter = compose(sample_mail.recipient(), (sheet,), context, sample_mail.STAMP)
    for body in bodies(read_back(to_bytes(letter))):
        words = " ".join(body.split())
        places = [words.find(part) for part in ("chest pain", "Call 999", "Samaritans on 116 123", "NHS 111")]
        assert places == sorted(places), words
        assert -1 not in places, words
    for own, named in ((True, 1), (False, 0)):
        asked = replace(sheet, crisis_line=own)
        (leaflet,) = letter_values(sample_mail.recipient(), (asked,), context, True, None)["leaflets"]
        assert leaflet["urgent_help"].count("Samaritans") == leaflet["urgent_help_text"].count("Samaritans") == named


@pytest.mark.expected
def test_the_plain_text_reads_well_alone() -> None:
    letter = sample_mail.letter(name="Mia", note="No running until Friday.\n\nThen slowly.")
    assert_expected(letter.text, sample_mail.CASES / "acupuncture.en.txt")


def test_the_same_letter_gives_the_same_bytes_in_short_lines() -> None:
    letter = sample_mail.letter(name="🙂" * 60, note="x" * 4000)
    content = to_bytes(letter)
    assert content == to_bytes(letter)
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.isascii()
    assert "x" * 4000 in bodies(read_back(content))[0]


def test_a_draft_opens_for_editing_and_a_batch_says_it_is_one() -> None:
    context = sample_mail.context(automatic=True)
    letter = compose(sample_mail.recipient(), (sample_mail.enclosure(),), context, sample_mail.STAMP)
    assert read_back(to_bytes(letter, draft=True))["X-Unsent"] == "1"
    assert read_back(to_bytes(letter))["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("O'Neill, Siobhan", "Siobhan O'Neill"),
        ("García López, Ana María", "Ana María García López"),
        ("Jane Smith, MD", "Jane Smith, MD"),
        ("Sam Hill, Jr", "Sam Hill, Jr"),
        ("Ana, Luis, Eva", "Ana, Luis, Eva"),
        ("Cher", "Cher"),
    ],
)
def test_a_name_from_a_table_is_said_as_a_person_says_it(name: str, said: str) -> None:
    assert spoken_name(name) == said


@pytest.mark.parametrize("name", ['Ann "Nan" O\'Neil', "Jörg 🙂 Müller, Dr.", "<b>Al</b>", "a" * 200])
def test_a_name_of_any_kind_comes_back_as_it_was(name: str) -> None:
    message = read_back(to_bytes(sample_mail.letter(name=name)))
    assert message["To"].addresses[0].display_name == name
    assert message["To"].addresses[0].addr_spec == "mia@patients.example"
    text, html = bodies(message)
    assert f"Hello {name}," in text
    assert "<b>Al" not in html


@pytest.mark.parametrize("bad", ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\x00b", "a\u2028b", "a\x85b"])
def test_nothing_can_write_headers_of_its_own(bad: str) -> None:
    with pytest.raises(MailError, match="control character") as name_error:
        parse_mailbox("mia@patients.example", bad)
    with pytest.raises(MailError, match="control character"):
        parse_mailbox(f"{bad}@patients.example")
    with pytest.raises(MailError, match="control character"):
        compose(sample_mail.recipient(), (sample_mail.enclosure(title=bad),), sample_mail.context(), sample_mail.STAMP)
    assert "Bcc" not in str(name_error.value)


def test_a_name_that_would_be_shown_as_another_is_refused() -> None:
    with pytest.raises(MailError, match="encoded word"):
        parse_mailbox("mia@patients.example", "=?utf-8?q?Bob?=")


def test_an_internationalised_address_is_sent_as_the_standards_say() -> None:
    domain = parse_mailbox("mia@bücher.example")
    assert (domain.address, domain.needs_utf8) == ("mia@xn--bcher-kva.example", False)
    assert read_back(to_bytes(sample_mail.letter("mia@bücher.example")))["To"] == "mia@xn--bcher-kva.example"
    local = sample_mail.letter("münch@patients.example")
    assert local.to.needs_utf8
    assert "To: münch@patients.example\r\n".encode() in to_bytes(local)


@pytest.mark.parametrize(
    "address",
    [
        "", "mia", "@x.example", "mia@", "mia@example", "mi a@x.example", "a@b@c.example", "a..b@x.example",
        ".a@x.example", "<mia@x.example>", "mia@x_y.example", "mia@-x.example", f"{'a' * 65}@x.example",
        f"mia@{'x' * 64}.example", f"mia@{'.'.join(['x' * 60] * 5)}", "mia@x.example, bob@x.example", '"mia"@x.example',
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(MailError) as refused:
        parse_mailbox(address)
    assert len(address) < 5 or address not in str(refused.value)


def test_an_address_is_shown_masked() -> None:
    assert parse_mailbox("mia@example.org").masked == "m…@e…"


def test_an_attachment_is_named_in_arabic() -> None:
    title = "الوخز بالإبر الصينية لآلام أسفل الظهر والرقبة والكتف"
    context, recipient = sample_mail.context("ar"), sample_mail.recipient(note="اتصل على 01632 960 187 غدًا")
    letter = compose(recipient, (sample_mail.enclosure(title=title, language="ar"),), context, sample_mail.STAMP)
    message = read_back(to_bytes(letter))
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == f"{title}.pdf"
    assert b"filename*0*=utf-8''" in to_bytes(letter)
    text, html = bodies(message)
    assert '<html lang="ar" dir="rtl">' in html
    assert "اتصل على \u206601632\u00a0960\u00a0187\u2069 غدًا" in text
    assert "\u20660113\u00a0496\u00a00000\u2069" in text
    assert message["Subject"] == f"{title}: نشرتك من Northern Sports Clinic"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Dry needling", "Dry needling.pdf"),
        ("Heat / cold: which?", "Heat cold which.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("con", "fallback.pdf"),
        ("???", "fallback.pdf"),
        ("a\u202efdp", "afdp.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
    ],
)
def test_file_names_are_plain(title: str, name: str) -> None:
    assert plain_file_name(title, "fallback", "pdf") == name


def test_no_two_files_have_one_name() -> None:
    assert distinct(["a.pdf", "a.pdf", "b.pdf", "a.pdf"]) == ["a.pdf", "a (2).pdf", "b.pdf", "a (3).pdf"]


def test_a_locked_pdf_opens_with_its_password_alone_and_the_mail_does_not_hold_it() -> None:
    password = "swordfish-1987"
    context = sample_mail.context(password=password)
    content = to_bytes(compose(sample_mail.recipient(), (sample_mail.enclosure(),), context, sample_mail.STAMP))
    message = read_back(content)
    (pdf,) = message.iter_attachments()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(pdf.get_content()))
    with pikepdf.open(io.BytesIO(pdf.get_content()), password=password) as opened:
        assert opened.encryption.bits == 256
        assert opened.allow.accessibility
        assert len(opened.pages) == 1
    assert all(password not in body for body in bodies(message))
    assert "The PDF is locked." in bodies(message)[0]


def test_a_password_that_is_too_short_or_long_is_refused() -> None:
    for password in ("short", "é" * 64):
        with pytest.raises(MailError):
            lock_pdf(sample_mail.small_pdf(), password)


def test_a_mail_that_would_be_too_large_carries_links_and_says_so() -> None:
    small = sample_mail.context(max_bytes=20_000)
    big = sample_mail.enclosure(pdf=b"%PDF-1.7\n" + bytes(20_000))
    letter = compose(sample_mail.recipient(), (big,), small, sample_mail.STAMP)
    assert letter.attachments == ()
    assert "too large for a mail" in letter.text
    assert "attached" not in letter.text
    assert big.article_url in letter.text
    assert len(to_bytes(letter)) <= 20_000
    with pytest.raises(MailError, match="Even without attachments"):
        compose(sample_mail.recipient(), (big,), sample_mail.context(max_bytes=2_000), sample_mail.STAMP)


def test_several_handouts_and_their_pages_come_in_one_mail() -> None:
    leaflets = (sample_mail.enclosure(page=b"<!DOCTYPE html><title>x</title>"), sample_mail.enclosure("dry-needling"))
    letter = compose(sample_mail.recipient(), leaflets, sample_mail.context(), sample_mail.STAMP)
    assert [file.name for file in letter.attachments] == ["Acupuncture.pdf", "Acupuncture.html", "Dry needling.pdf"]
    assert letter.subject == "Your handouts from Northern Sports Clinic"
    assert "easier to read on a phone" in letter.text


def test_a_recall_says_which_versions_to_throw_away() -> None:
    recall = RecallNotice("Acupuncture", "1.1")
    letter = compose(
        sample_mail.recipient(), (sample_mail.enclosure(),), sample_mail.context(), sample_mail.STAMP, recall
    )
    assert letter.subject == "Please replace your copy of “Acupuncture” from Northern Sports Clinic"
    assert "any copy with a version below 1.1" in letter.text
    assert "The corrected version is attached." in letter.text
    without_handout = compose(sample_mail.recipient(), (), sample_mail.context(), sample_mail.STAMP, recall)
    assert without_handout.subject == "Please throw away your copy of “Acupuncture” from Northern Sports Clinic"
    assert (
        "We have withdrawn “Acupuncture”. Please throw away any copy with a version below 1.1" in without_handout.html
    )
    assert "corrected" not in without_handout.html + without_handout.text


def test_a_template_that_needs_a_missing_name_is_refused_with_a_sentence(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt.j2"
    text.write_text("Dear {{ name }}", "utf-8")
    files = {"mail/letter.txt.j2": text, "mail/letter.html.j2": sample_mail.ROOT / "templates/mail/letter.html.j2"}
    context = sample_mail.context(render=Templates(files).render)
    with pytest.raises(HandoutError, match=r"templates/mail/letter\.txt\.j2:1: 'name' is undefined. Hint: "):
        compose(sample_mail.recipient(), (sample_mail.enclosure(),), context, sample_mail.STAMP)
    assert compose(sample_mail.recipient(name="Mia"), (), context, sample_mail.STAMP).text == "Dear Mia\n"


def test_a_place_of_the_brand_is_chosen_by_its_name() -> None:
    assert choose_contact(sample_mail.BRAND, "york") is sample_mail.YORK
    assert choose_contact(sample_mail.BRAND) is sample_mail.LEEDS
    with pytest.raises(MailError, match='"Leeds", "York"'):
        choose_contact(sample_mail.BRAND, "Hull")


def test_a_brand_without_places_is_a_place_of_its_own_name_when_a_letter_is_recalled() -> None:
    brand = replace(sample_mail.BRAND, contacts=())
    assert choose_contact(brand, choose_contact(brand).name) == choose_contact(brand)


def test_markup_becomes_text() -> None:
    markup = '<p>A <em>b</em> &lt;c&gt;<sup>1</sup></p><ol><li><p>one</p></li><li>two</li></ol><p>See <a href="https://x.example/">this</a>.</p>'
    assert plain_text(markup) == "A b <c>\n\n1. one\n\n2. two\n\nSee this (https://x.example/)."


@pytest.mark.parametrize("code", ["es", "fr", "ar"])
def test_the_phrases_of_each_language_hold_what_english_holds(code: str) -> None:
    phrases = sample_mail.language(code).mail
    assert isinstance(phrases, MailPhrases)
    assert phrases != sample_mail.language("en").mail


def test_a_phrase_without_its_braces_is_refused() -> None:
    values = sample_mail.language("en").mail.model_dump()
    with pytest.raises(ValueError, match=r'"subject" needs \{clinic\} and \{title\} in its phrase'):
        MailPhrases.model_validate(values | {"subject": "Your handout from {clinic}"})
    with pytest.raises(ValueError, match='"reply" needs no braces'):
        MailPhrases.model_validate(values | {"reply": "Call {phone}."})


@pytest.mark.parametrize("before", ["Tel: ", "Tel. ", "Phone ", "Call us on ", "Tél. : ", "Телефон: ", "电话：", ""])
@pytest.mark.parametrize("code", ["en", "en-US", "es", "fr", "uk", "ar", "hi", "zh-Hans"])
def test_a_mail_says_once_that_its_number_is_a_telephone_number(code: str, before: str) -> None:
    language = sample_mail.language(code)
    contact = replace(sample_mail.LEEDS, phone=f"{before}0113 496 0000")
    context = replace(sample_mail.context(), code=code, language=language, contact=contact)
    sentence = letter_values(sample_mail.recipient("mia@patients.example", "", ""), (), context, True, None)[
        "questions"
    ][1]
    number = "0113\u00a0496\u00a00000"
    plain = sentence.replace("\u2068", "").replace("\u2069", "").replace("\u2066", "").replace("\u2067", "")
    assert plain == language.mail.call.format(phone=number)
    assert plain.replace("：", ":").split(number)[0].rstrip().endswith(":")


def test_words_that_name_a_number_stay() -> None:
    contact = replace(sample_mail.LEEDS, phone="Reception: 0113 496 0000")
    context = replace(sample_mail.context(), contact=contact)
    values = letter_values(sample_mail.recipient("mia@patients.example", "", ""), (), context, True, None)
    assert values["questions"][1] == "Or call us: Reception:\u00a00113\u00a0496\u00a00000."


def test_a_letter_says_what_the_clinic_prints_beside_its_contact() -> None:
    person = Person("Ann Sample", "Osteopath", "A Council", "0123")
    lines = {"en": Lines(formats="Ask for large print: 01632 960 321 or ask@clinic.example.")}
    links = (SocialLink("Instagram", "hill", "https://www.instagram.com/hill"),)
    brand = replace(sample_mail.BRAND, extras=Extras(people=(person,), lines=lines, links=links))
    for code, is_there in (("en", True), ("es", False)):
        context = sample_mail.context(code, brand=brand)
        letter = compose(sample_mail.recipient(), (sample_mail.enclosure(),), context, sample_mail.STAMP)
        text, html = bodies(read_back(to_bytes(letter)))
        assert "Ann Sample, Osteopath, A Council 0123" in text
        assert "Instagram: https://www.instagram.com/hill" in text
        assert ("Ask for large print" in text) == is_there
        assert ('href="tel:+44-1632-960321"' in html) == ('href="mailto:ask@clinic.example"' in html) == is_there
