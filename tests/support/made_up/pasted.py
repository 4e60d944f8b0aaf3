"""Texts as people paste them: from Word, Google Docs, Outlook, web pages, wikis and chats, put together at random."""

from __future__ import annotations

import random
from collections.abc import Callable

SENTENCES = (
    "You may feel tired afterwards.", "Drink some water.", "Keep taking your prescribed medicines.",
    "Tell us if you are pregnant.", "Call us on 01632 960 001.", "Red marks can last for up to 10 days.",
    "See your doctor if they don't fade.", "Most people (about 6 in 10) go home at once.",
    "It’s usual – and harmless – to feel sleepy.", "We use “single-use” cups…",
             "Wear loose clothes; bring a friend.",
)  # fmt: skip
BULLETS = (
    "•\t", "•", "• ", "·\u00a0\u00a0\u00a0\u00a0", "·\t", "\uf0b7\t", "\uf0b7 ", "\uf0a7\t", "\uf0d8\u00a0",
             "o\t", "▪ ",
    "◦ ", "● ", "○\t", "■ ", "➢ ", "❖\t", "– ", "— ", "‣ ", "⁃ ", "* ", "*\t", "-\u00a0", "-", "- ", "→ ",
             "✓ ", "§\t",
)  # fmt: skip
NUMBERS = ("{}. ", "{}.\t", "{}) ", "({}) ", "{}.\u00a0\u00a0", "{}、", "{}．", "{}.")
INDENTS = ("", "", "  ", "\u00a0\u00a0", "\t", "\u3000", "    ")

Chance = random.Random


def _sentence(chance: Chance) -> str:
    return chance.choice(SENTENCES)


def _bullets(chance: Chance) -> str:
    sign, indent = chance.choice(BULLETS), chance.choice(INDENTS)
    return "\n".join(f"{indent}{sign}{_sentence(chance)}" for _ in range(chance.randint(2, 5)))


def _numbers(chance: Chance) -> str:
    form = chance.choice(NUMBERS)
    return "\n".join(form.format(number) + _sentence(chance) for number in range(1, chance.randint(3, 5)))


def _joined_bullets(chance: Chance) -> str:
    return "Watch for: " + " ".join(f"• {_sentence(chance)}" for _ in range(chance.randint(2, 4)))


def _table(chance: Chance) -> str:
    rows = [("Harm", "How often"), ("Bruise", "6 in 100"), ("Pain", "2 in 100")]
    form = chance.choice(
        ("{}\t{}", "| {} | {} |", "{} | {}", "{}\t\t{}", "<tr><td>{}</td><td>{}</td></tr>", "||{}||{}||")
    )
    lines = [form.format(*row) for row in rows]
    return "\n".join([lines[0], *(["|---|:--:|"] if form[0] == "|" and chance.random() < 0.7 else []), *lines[1:]])


def _wrapped(*forms: str) -> Callable[[Chance], str]:
    return lambda chance: chance.choice(forms).format(_sentence(chance))


PIECES: tuple[Callable[[Chance], str], ...] = (
    _sentence, _sentence, _bullets, _bullets, _numbers, _joined_bullets, _table,
    _wrapped("### {}", "# {}", "#{}", "== {} ==", "{}\n=====", "{}\n-----", "h2. {}", "1.1 {}", "1.2.\t{}",
             "**{}**"),
    _wrapped("> {}", ">> {}", "&gt; {}", "On Monday, Ana wrote:\n> {}"),
    _wrapped("<p class=MsoNormal>{}<o:p></o:p></p>", '<span style="mso-list:Ignore">·</span>{}', "<b>{}</b>",
             "{}<br>",
             "<!--StartFragment-->{}<!--EndFragment-->", "<!--[if !supportLists]-->{}<!--[endif]-->",
             "<li>{}</li>",
             '<a href="https://a.org">{}</a>', "<u>{}</u>", "<font color=red>{}", "{}</div>",
             "<![if !vml]>{}", "<h3>{}</h3>"),
    _wrapped("{}&nbsp;", "&bull; {}", "{} &amp; rest", "&#8226;\t{}", "&ldquo;{}&rdquo;", "{}&hellip;",
             "&lt;{}&gt;"),
    _wrapped("**{}**", "** {} **", "***{}***", "*{}*", "_{}_", "__{}__", "~{}~", "~~{}~~", "`{}`",
             "```\n{}\n```", "=={}==",
             "''{}''", "'''{}'''", "[b]{}[/b]", "{}*", "*{}", "* * *\n{}", "{}\n***", "--- \n{}", "{}\n___"),
    _wrapped("![{}](pictures/x.png)", "![]({})", "[us](www.a.org) {}", "[us][1] {}\n\n[1]: https://a.org",
             "<https://a.org> {}",
             "[[{}]]", "[https://a.org {}]", "{}[^1]\n\n[^1]: A note.", "{} [1]", "[{}]()",
             "[{}](https://a.org/x y)"),
    _wrapped("- [ ] {}", "- [x] {}", "☐ {}", "☑ {}", "[] {}"),
    _wrapped('{{ HYPERLINK "https://a.org" }} {}', "{} Error! Reference source not found.",
             "{} PAGEREF _Toc123 \\h 4", "{{{{name}}}} {}",
             "Dear {{{{ patient.name }}}}, {}", "«First_Name» {}", "$x^2$ {}", "\\textbf{{{}}}",
             "{{\\rtf1 {}}}", "{{% if a %}}{}"),
    _wrapped("{}\u00a0\u00a0", "\u00a0{}", "\u200b{}", "{}\ufeff", "\u3000{}", "{} \uf04a", "{} \u2022",
             "itâ€™s: {}", "{} caf\ufffd"),
)  # fmt: skip


def pasted_text(seed: int) -> str:
    """Return one text of one to six pieces; the same for the same ``seed``."""
    chance = random.Random(seed)
    gap = chance.choice(("\n", "\n\n", "\n\u00a0\n"))
    return gap.join(chance.choice(PIECES)(chance) for _ in range(chance.randint(1, 6)))
