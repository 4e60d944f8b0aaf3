"""The words of the pages: in the language that a person reads, and none that belongs to files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from starlette.requests import Request

from handoutpress.app.studio.forms.edit_forms import EditForm
from handoutpress.app.studio.forms.form_fields import FormField
from handoutpress.app.studio.page_words import PageLanguage
from handoutpress.app.studio.shared_problems import SharedProblem

LANGUAGE = "studio-language"
"""The cookie that keeps which language the pages are in."""
DEFAULT = "en"
OF_FILES = re.compile(
    r"\b(?:yaml|slugs?|paths?|keys?|plates?|handouts [a-z]+)\b|[\w.-]+/[\w./<>-]+"
    r"|`|^add a line\b|\w_\w+:|\b[a-z]+: ?[\"\[{|]",
    re.I,
)
"""Words of those who edit files: a hint or a help with one of them is of no use on a page."""
OF_HELP = re.compile(rf"{OF_FILES.pattern}|\b(?:folders?|files?)\b", re.I)
"""Words of those who edit files in what a model says of a field."""
NAME_LENGTH = 50
"""Letters of an entry's first words by which it is called."""
EXCERPT_LENGTH = 140
"""Letters of a closed part that can be seen."""
_PLACE = re.compile(r"^[^\s:]+\.ya?ml(?::\d+:\d+)?: (?:(?:error|warning|note) [\w-]+: )?")
_NAMED = re.compile(r"\b(?:handouts|articles)/([\w-]+)\.[\w-]+\.(?:yaml|md)\b|\bbrands/([\w-]+)/_brand\.yml\b")
_HINT = re.compile(r" Hint: (\w)")
_STEP = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_OF_PROOF = re.compile(r" Measured: .*; wanted: .*(?= Hint: )| \[[\w.-]+\]$")
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"https?://\S+")
_QUOTED = re.compile(r'"([a-z_]+)"')
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")


def chosen_language(request: Request, languages: Mapping[str, PageLanguage]) -> PageLanguage:
    """Return the language that a person chose, else the first that their browser asks for, else English."""
    accepted = [part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    asked = [code for language in accepted for code in (language, language.partition("-")[0])]
    for code in (request.cookies.get(LANGUAGE, ""), *asked, DEFAULT):
        if code in languages:
            return languages[code]
    return next(iter(languages.values()))


def plain(sentence: str) -> str:
    """Return what is said to people who edit files, for those who do not: without its place and hints about files."""
    named = _NAMED.sub(_called, _PLACE.sub("", _OF_PROOF.sub("", sentence)))
    sentences = _SENTENCES.split(_HINT.sub(lambda hint: f" {hint[1].upper()}", named))
    kept = [part for part in sentences if not OF_FILES.search(_ADDRESS.sub("", part))]
    return " ".join(kept)


def _called(file: re.Match[str]) -> str:
    return f"“{(file[1] or file[2]).replace('-', ' ').capitalize()}”"


def plain_sentences(sentences: Iterable[str], otherwise: str) -> list[str]:
    """Return the ``sentences`` in plain words, each once; ``otherwise`` stands for one of which nothing is left."""
    return list(dict.fromkeys(plain(sentence) or otherwise for sentence in sentences))


class PageWords:
    """What a template asks for its words: phrases by name, and what people call fields.

    ``sections`` are those that a handout heads otherwise than others do.
    """

    def __init__(
        self,
        language: PageLanguage,
        languages: Mapping[str, PageLanguage] | None = None,
        sections: Mapping[str, str] | None = None,
    ) -> None:
        self.language = language
        self._languages = languages or {}
        self.phrases = phrases = language.phrases
        self._names: dict[str, str] = {
            **dict(language.headings),
            **dict(phrases.fields),
            "register": phrases.fields.registered_with,
            "meta": phrases.contacts,
            "contacts": phrases.contacts,
            "color": phrases.colours,
            "kind": phrases.kind,
            "formats": phrases.format,
            "languages": phrases.language,
            "main_message": language.language.phrases.main_message,
            **(sections or {}),
        }
        printed = language.language.phrases
        self._options: dict[str, str] = {
            **dict(phrases.options),
            **dict(printed.severities),
            "important": printed.blocks.important,
            "tip": printed.blocks.tip,
            "draft": phrases.draft,
            "reviewed": phrases.reviewed,
        }

    def __getattr__(self, name: str) -> Any:
        return getattr(self.phrases, name)

    def fill(self, phrase: str, **values: object) -> str:
        """Return the phrase of this name, as ``release.current``, filled in."""
        found: Any = self.phrases
        for step in phrase.split("."):
            found = getattr(found, step)
        filled: str = found.format(**values)
        return filled

    def label(self, name: str | int) -> str:
        """Return what people call a field, by the last step of its name; a new field of a model has its own name."""
        above, _, step = str(name).rpartition(".")
        if step.isdecimal():  # an entry of a list
            return f"{self.list_name(above)} {int(step) + 1}"
        if above.endswith(".lines") and step in self._languages:
            return self.language_name(step)
        if step == "formats" and ".lines." in above:  # the sentence on them
            step = "other_formats"
        within = next((part for part in reversed(above.split(".")) if not part.isdecimal() and part != "items"), "")
        known = self._names.get(f"{within}_{step}") or self._names.get(step)
        return str(known or step.replace("_", " ").replace("-", " ").capitalize())

    def list_name(self, name: str) -> str:
        """Return what people call a list: one of plain entries as that which it is all of."""
        return self.label(name.removesuffix(".items"))

    def language_name(self, code: str) -> str:
        """Return what a language calls itself; its code where the pages are not in it."""
        return self._languages[code].language.native_name if code in self._languages else code

    def place(self, name: str) -> str:
        """Return what people call a field within its part: ``article.url`` is the article's."""
        first, _, rest = name.partition(".")
        return ", ".join(self.label(step) for step in ([first, name] if rest else [first]))

    def problems_of(self, form: EditForm) -> dict[str, list[str]]:
        """Return what is to be put right in plain words, by the field's name; "" for what belongs to none."""
        known = {str(step) for outer in form.fields for field in outer.walk() for step in field.location}
        told = {
            name: [self.named(sentence, known) for sentence in plain_sentences(sentences, self.by_hand)]
            for name, sentences in form.problems.items()
        }
        if shared := self.shared(form.shared):
            told[""] = [*told.get("", ()), *shared]
        return told

    def named(self, sentence: str, known: Collection[str] = ()) -> str:
        """Return a sentence in which the fields that it quotes, those ``known`` too, are called as on the page."""
        known = {*known, *self._names}
        return _QUOTED.sub(lambda key: f"“{self.label(key[1])}”" if key[1] in known else key[0], sentence)

    def shared(self, problems: Iterable[SharedProblem]) -> list[str]:
        """Return mistakes in what all handouts share, in plain words."""
        return [
            self.fill("shared_problem", name=each.name, sentence=plain(each.sentence) or self.by_hand)
            for each in problems
        ]

    def doubt(self, sentence: str) -> str:
        """Return a doubt of an import, with parts of a handout called as people call them."""
        return _STEP.sub(lambda step: f"“{self.label(step[0])}”", sentence)

    def sentences(self, told: Iterable[str]) -> list[str]:
        """Return what kept work from being done, in plain words."""
        return plain_sentences(told, self.went_wrong)

    def option(self, called: str) -> str:
        """Return what people call something to choose: a word of a model is made one of people's."""
        known = self._options.get(re.sub("[ -]", "_", called))
        return known or (self.label(called) if re.fullmatch(r"[a-z]+([_-][a-z]+)*", called) else called)

    def entry(self, field: FormField, number: int) -> str:
        """Return what people call an entry of a list: how its first words begin, else its number."""
        said = [part for part in field.walk() if part.value and part.widget in ("line", "text")]
        words = next((part.value for part in sorted(said, key=lambda part: not part.is_needed)), "")
        line = words.partition("\n")[0].removeprefix("- ")
        return f"{number}. {line if len(line) <= NAME_LENGTH else line[:NAME_LENGTH].rstrip() + ' …'}".strip()

    def excerpt(self, field: FormField) -> str:
        """Return how the words of a part begin, to be seen while it is closed."""
        words = (part.value for part in field.walk() if part.value and part.widget in ("line", "text"))
        return " ".join(next(words, "").split())[:EXCERPT_LENGTH]

    def help(self, description: str, label: str) -> str:
        """Return what a model says of a field, where the page speaks its language and nothing in it is of files.

        What says no more than the ``label`` is left out.
        """
        is_known = set(_WORD.findall(description.casefold())) <= {*_WORD.findall(label.casefold()), "the", "a", "an"}
        is_ours = self.language.code.startswith("en") and not OF_HELP.search(description)
        return description if is_ours and not is_known else ""
