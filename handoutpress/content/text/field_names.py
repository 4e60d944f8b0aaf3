"""What the studio calls the fields of a file, and the words that may be chosen in them, in each language."""

from __future__ import annotations

from handoutpress.yamlfile.record import Record, SingleLine


class FieldNames(Record):
    """What people call the fields that they fill in; sections are called as on paper.

    A name with the part that it is of before it, as ``write_lines``, is that of the field there alone.
    """

    title: SingleLine
    subtitle: SingleLine
    for_whom: SingleLine
    number: SingleLine
    practices: SingleLine
    text: SingleLine
    short: SingleLine
    heading: SingleLine
    intro: SingleLine
    closing: SingleLine
    items: SingleLine
    references: SingleLine
    version: SingleLine
    date: SingleLine
    author: SingleLine
    reviewed: SingleLine
    name: SingleLine
    address: SingleLine
    phone: SingleLine
    email: SingleLine
    hours: SingleLine
    primary: SingleLine
    secondary: SingleLine
    link: SingleLine
    full: SingleLine
    key: SingleLine
    look: SingleLine
    people: SingleLine
    marks: SingleLine
    lines: SingleLine
    links: SingleLine
    photo: SingleLine
    role: SingleLine
    registered_with: SingleLine
    alt: SingleLine
    until: SingleLine
    other_formats: SingleLine
    feedback: SingleLine
    disclaimer: SingleLine
    about: SingleLine
    icons: SingleLine
    practice: SingleLine
    condition: SingleLine
    wording: SingleLine
    duration: SingleLine
    evidence: SingleLine
    limits: SingleLine
    note: SingleLine
    count: SingleLine
    of: SingleLine
    per: SingleLine
    not_counted: SingleLine
    severity: SingleLine
    part_of_above: SingleLine
    caption: SingleLine
    columns: SingleLine
    rows: SingleLine
    label: SingleLine
    cells: SingleLine
    sections: SingleLine
    id: SingleLine
    after: SingleLine
    body: SingleLine
    picture: SingleLine
    file: SingleLine
    credit: SingleLine
    credit_by: SingleLine
    by: SingleLine
    licence: SingleLine
    person: SingleLine
    recognisable: SingleLine
    consent: SingleLine
    write_consent: SingleLine
    write_lines: SingleLine
    links_address: SingleLine
    links_items: SingleLine
    steps: SingleLine
    need: SingleLine
    exercises: SingleLine
    pose: SingleLine
    start: SingleLine
    end: SingleLine
    pictures: SingleLine
    sets: SingleLine
    repeats: SingleLine
    hold: SingleLine
    sides: SingleLine
    often: SingleLine
    progress: SingleLine
    table: SingleLine
    fill: SingleLine
    pairs: SingleLine
    pairs_as: SingleLine
    write: SingleLine
    blank: SingleLine
    ticks: SingleLine
    signature: SingleLine
    on: SingleLine
    next: SingleLine
    claims_read: SingleLine
    translation: SingleLine
    translation_of: SingleLine
    translation_version: SingleLine
    status: SingleLine
    article: SingleLine
    url: SingleLine
    references_url: SingleLine
    accepted: SingleLine
    rule: SingleLine
    because: SingleLine
    home: SingleLine
    color_light: SingleLine
    color_link: SingleLine
    color_dark: SingleLine
    foreground: SingleLine
    background: SingleLine
    tertiary: SingleLine
    success: SingleLine
    info: SingleLine
    warning: SingleLine
    danger: SingleLine
    light: SingleLine
    dark: SingleLine


class OptionNames(Record):
    """What people call the words of a model that may be chosen."""

    short_term: SingleLine
    medium_term: SingleLine
    long_term: SingleLine
    not_known: SingleLine
    high: SingleLine
    moderate: SingleLine
    low: SingleLine
    very_low: SingleLine
    not_graded: SingleLine
    person: SingleLine
    treatment: SingleLine
    consultation: SingleLine
    report: SingleLine
    own: SingleLine
    permission: SingleLine
    public_domain: SingleLine
    each: SingleLine
    left: SingleLine
    right: SingleLine
    do_dont: SingleLine
    myth_fact: SingleLine
    question_answer: SingleLine
    problem_action: SingleLine
    when: SingleLine
    classic: SingleLine
    modern: SingleLine
    warm: SingleLine
