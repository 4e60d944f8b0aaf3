"""What the studio says, a page for the people at the clinic's desk, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from handoutpress.content.text.field_names import FieldNames, OptionNames
from handoutpress.content.text.phrases import FilledPhrases
from handoutpress.yamlfile.record import SingleLine


class ReleasePhrases(FilledPhrases):
    """The words of the studio's page for releases."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "current": frozenset({"date", "name"}),
        "approved_by": frozenset({"clinic", "date", "name"}),
        "lapsed": frozenset({"clinic", "date", "name"}),
        "released": frozenset({"name"}),
        "finding": frozenset({"file"}),
        "making": frozenset({"done", "total"}),
        "proving": frozenset({"done", "total"}),
        "sending": frozenset({"done", "total"}),
        "sheets": frozenset({"count"}),
        "give_again": frozenset({"name"}),
        "mailed_to": frozenset({"count"}),
    }

    title: SingleLine
    why: SingleLine
    nothing_yet: SingleLine
    current: SingleLine
    make: SingleLine
    approve: SingleLine
    approve_why: SingleLine
    approve_early: SingleLine
    your_name: SingleLine
    approved_by: SingleLine
    lapsed: SingleLine
    make_first: SingleLine
    name: SingleLine
    or_day: SingleLine
    in_the_way: SingleLine
    nothing_in_the_way: SingleLine
    finding: SingleLine
    released: SingleLine
    stopped: SingleLine
    making: SingleLine
    proving: SingleLine
    sending: SingleLine
    kept: SingleLine
    sheets: SingleLine
    give_again: SingleLine
    recall: SingleLine
    recall_why: SingleLine
    below: SingleLine
    look_first: SingleLine
    recall_now: SingleLine
    recalled: SingleLine
    mailed_to: SingleLine
    which_sheet: SingleLine
    signs: SingleLine
    unknown_sheet: SingleLine
    superseded: SingleLine
    built: SingleLine
    still_working: SingleLine
    overdue: SingleLine


class StudioMailPhrases(FilledPhrases):
    """The words of the studio's page for mail."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "ready": frozenset({"count"}),
        "repeated": frozenset({"count"}),
        "row": frozenset({"row", "sentence"}),
        "sent_now": frozenset({"refused", "sent"}),
    }

    title: SingleLine
    why: SingleLine
    not_set_up: SingleLine
    address: SingleLine
    name: SingleLine
    note: SingleLine
    list: SingleLine
    list_why: SingleLine
    choose_first: SingleLine
    look_first: SingleLine
    ready: SingleLine
    repeated: SingleLine
    row: SingleLine
    send: SingleLine
    back: SingleLine
    write_anew: SingleLine
    sent_now: SingleLine
    outbox: SingleLine
    empty: SingleLine
    waiting: SingleLine
    sending: SingleLine
    sent: SingleLine
    refused: SingleLine
    unknown: SingleLine
    try_again: SingleLine


class AddingPhrases(FilledPhrases):
    """The words of what is added to a project: a text, a translation, a paper, a picture."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "paper_added": frozenset({"title"}),
        "paper_unread": frozenset({"title"}),
        "not_given": frozenset({"clinic", "language"}),
    }

    from_text: SingleLine
    text_file: SingleLine
    pasted: SingleLine
    make_draft: SingleLine
    translate_into: SingleLine
    bring: SingleLine
    new_paper: SingleLine
    paper_number: SingleLine
    paper_file: SingleLine
    add_paper: SingleLine
    paper_added: SingleLine
    paper_unread: SingleLine
    not_given: SingleLine
    give_language: SingleLine
    new_picture: SingleLine
    picture_alt: SingleLine
    take_picture: SingleLine


class PrintingPhrases(FilledPhrases):
    """The words of the studio for what is printed, and how often."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {}

    title: SingleLine
    why: SingleLine
    office: SingleLine
    copies: SingleLine
    large: SingleLine
    office_why: SingleLine
    shop: SingleLine
    shop_why: SingleLine
    four_inks: SingleLine
    black: SingleLine
    get_files: SingleLine
    first_page: SingleLine


class FittingPhrases(FilledPhrases):
    """The words of the studio for how a text fits its formats."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "words": frozenset({"count"}),
        "fits": frozenset({"pages"}),
        "too_long": frozenset({"lines"}),
    }

    title: SingleLine
    words: SingleLine
    fits: SingleLine
    too_long: SingleLine
    too_wide: SingleLine
    unknown: SingleLine


class LooksPhrases(FilledPhrases):
    """The words of the studio for how a clinic's pages look."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {}

    logo_colours: SingleLine
    take_colours: SingleLine
    new_picture: SingleLine
    place: SingleLine
    a_mark: SingleLine
    all_changes: SingleLine
    changes_why: SingleLine
    was: SingleLine
    now: SingleLine


class HistoryPhrases(FilledPhrases):
    """The words of the studio for the saves that are kept."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {}

    title: SingleLine
    why: SingleLine
    switch: SingleLine
    last: SingleLine
    none: SingleLine
    impossible: SingleLine
    failed: SingleLine


class StudioPhrases(FilledPhrases):
    """The words of the studio's own pages."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "overdue": frozenset({"date"}),
        "page_picture": frozenset({"page", "pages"}),
        "add": frozenset({"name"}),
        "remove": frozenset({"name"}),
        "move_up": frozenset({"name"}),
        "move_down": frozenset({"name"}),
        "shared_problem": frozenset({"name", "sentence"}),
    }

    handouts: SingleLine
    clinics: SingleLine
    page_language: SingleLine = Field(description="Before the choice of the page’s own language.")
    choose: SingleLine = Field(description="On the button that takes what was chosen.")
    all: SingleLine = Field(description="For no choice.")
    clinic: SingleLine
    language: SingleLine
    format: SingleLine
    kind: SingleLine
    nothing_here: SingleLine
    draft: SingleLine
    to_review: SingleLine
    reviewed: SingleLine
    current: SingleLine = Field(description="Of what patients are given now.")
    changed: SingleLine = Field(description="Of a handout that says something else than its released version.")
    recalled: SingleLine
    overdue: SingleLine = Field(description="With {date}.")
    behind: SingleLine = Field(description="Of a translation.")
    has_mistakes: SingleLine
    save: SingleLine
    saving: SingleLine
    saved: SingleLine
    not_saved: SingleLine
    undo: SingleLine
    undone: SingleLine
    nothing_to_undo: SingleLine
    open_pdf: SingleLine
    print_hint: SingleLine
    the_text: SingleLine = Field(description="Of the part of the page with the form.")
    the_page: SingleLine = Field(description="Of the part of the page with the printed pages.")
    page_picture: SingleLine = Field(description="Spoken for the picture of a page; with {page} and {pages}.")
    drawing: SingleLine
    draw: SingleLine
    too_slow: SingleLine
    to_put_right: SingleLine
    add: SingleLine = Field(description="On a button; with {name}, that of a list.")
    add_part: SingleLine
    choose_type: SingleLine
    remove: SingleLine = Field(description="On a button; with {name}.")
    move_up: SingleLine = Field(description="On a button; with {name}.")
    move_down: SingleLine = Field(description="On a button; with {name}.")
    nothing_chosen: SingleLine
    yes_word: SingleLine
    no_word: SingleLine
    conflict: SingleLine
    conflict_why: SingleLine
    yours: SingleLine
    theirs: SingleLine
    keep_yours: SingleLine
    keep_theirs: SingleLine
    changed_elsewhere: SingleLine
    contacts: SingleLine
    colours: SingleLine
    new_logo: SingleLine
    take_logo: SingleLine
    no_logo: SingleLine
    closed: SingleLine
    closed_why: SingleLine
    missing: SingleLine
    missing_why: SingleLine
    refused: SingleLine
    refused_why: SingleLine
    too_large: SingleLine
    by_hand: SingleLine
    went_wrong: SingleLine
    not_drawn: SingleLine
    when_right: SingleLine
    new_handout: SingleLine
    begin: SingleLine
    to_look_at: SingleLine = Field(description="Above what the editor would say.")
    shared_problem: SingleLine = Field(description="Of a mistake in a shared file; with {name} and {sentence}.")
    approved: SingleLine
    release: ReleasePhrases
    mail: StudioMailPhrases
    settled: SingleLine = Field(description="On a button, of a doubt.")
    original: SingleLine = Field(description="Before what a translation is made from.")
    adding: AddingPhrases
    before: SingleLine = Field(description="Over the pages as they were before a change.")
    no_file: SingleLine = Field(description="Where a form was sent without what it needs.")
    printing: PrintingPhrases
    fitting: FittingPhrases
    looks: LooksPhrases
    history: HistoryPhrases
    fields: FieldNames
    options: OptionNames
