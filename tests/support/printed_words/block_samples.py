"""Blocks of every type, in short words of two scripts, and the small project's handout with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from press_room import BRAND, HANDOUT, change, clinic

BLOCKS: list[dict[str, Any]] = [
    {"text": {"heading": "Why have I been given this?", "text": "It helps some people.\n\n- one\n- two"}},
    {
        "steps": {
            "heading": "How to make a cup",
            "need": ["a kettle", "a cup"],
            "items": ["Fill the kettle.", {"text": "Pour the water over the bag and wait for three minutes."}],
        }
    },
    {
        "table": {
            "heading": "Doses",
            "caption": "What to take, and when",
            "columns": ["Medicine", "Morning", "Noon", "Night"],
            "rows": [["Paracetamol", 2, "–", 2], ["With food", "one tablet", "one with a large meal", "–"]],
            "key": "“–” means nothing.",
        }
    },
    {
        "table": {
            "heading": "My week",
            "columns": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            "rows": ["Seated arch", "Curl up"],
            "fill": True,
        }
    },
    {
        "pairs": {
            "heading": "For the first day",
            "as": "do-dont",
            "items": [["Keep it warm.", "Do not rub it."], ["Drink as usual.", ""]],
        }
    },
    {"pairs": {"as": "myth-fact", "items": [["Tea dries you out.", "A cup gives more water than it takes."]]}},
    {"pairs": {"as": "problem-action", "items": [["You burn your tongue.", "Drink cold water."]]}},
    {"pairs": {"as": "question-answer", "items": [["Does it hurt?", "Most people feel little."]]}},
    {"pairs": {"as": "when", "items": [["Today", "It may get darker."], ["Days 2 to 5", "It fades."]]}},
    {"note": "Do not drink it while it boils."},
    {"note": {"kind": "tip", "text": "A thick cup stays warm."}},
    {
        "write": {
            "ticks": ["I have read this."],
            "lines": ["Treated today", "The name of the person who takes you home"],
            "blank": 2,
            "consent": "I agree to be treated.",
        }
    },
    {"links": [{"label": "Tea Council", "address": "https://www.tea.example/read", "phone": "0800 123 4567"}]},
]
"""One of each type, and each kind of table, pairs and note."""

ARABIC: list[dict[str, Any]] = [
    {"text": {"heading": "لماذا أُعطيت هذه النشرة؟", "text": "لأنها تساعد بعض الناس."}},
    {"steps": {"need": ["غلاية"], "items": ["املأ الغلاية بالماء.", "صب الماء على الكيس."]}},
    {
        "table": {
            "columns": ["الدواء", "الصباح", "الظهر", "الليل"],
            "rows": [["باراسيتامول", 2, "–", 2], ["مع الطعام", "قرص واحد", "قرص مع وجبة كبيرة", "–"]],
        }
    },
    {"table": {"columns": ["الاثنين", "الثلاثاء", "الأربعاء"], "rows": ["التمرين الأول"], "fill": True}},
    {"pairs": {"as": "do-dont", "items": [["دفّئ المنطقة.", "لا تفرك العلامات."]]}},
    {"pairs": {"as": "myth-fact", "items": [["الشاي يجفف الجسم.", "كوب الشاي يعطيك ماء أكثر مما يأخذ."]]}},
    {"pairs": {"as": "problem-action", "items": [["أحرقت لسانك.", "اشرب ماء باردًا."]]}},
    {"pairs": {"as": "question-answer", "items": [["هل يؤلم؟", "معظم الناس يشعرون بالقليل."]]}},
    {"pairs": {"as": "when", "items": [["اليوم", "قد تصير أغمق."], ["غدًا", "تزول."]]}},
    {"note": "لا تشربه وهو يغلي."},
    {"note": {"kind": "tip", "text": "الكوب السميك يبقى دافئًا."}},
    {"write": {"ticks": ["قرأت هذه النشرة."], "lines": ["عولج اليوم"], "consent": "أوافق على العلاج."}},
    {"links": [{"label": "مجلس الشاي", "address": "https://www.tea.example/read", "phone": "0800 123 4567"}]},
]
"""The same in a script that is read from right to left."""

ARABIC_WORDS: dict[str, Any] = {
    "title": "شاي دافئ",
    "main_message": "قد يهدئ الشاي الدافئ التهاب الحلق.",
    "what_it_is": "كوب من الشاي الدافئ.",
    "what_to_expect": "ترشفه ببطء.",
    "tell_us_first": "أخبرنا إذا كان البلع صعبًا.",
    "after_care": "استرح قليلًا.",
    "urgent_help": "اطلب المساعدة إذا لم تستطع التنفس.",
    "alternatives": "يمكنك الانتظار.",
    "questions": ["كم مرة أشربه؟"],
}


def with_body(folder: Path, body: list[dict[str, Any]], language: str = "en", formats: tuple[str, ...] = ()) -> Path:
    """The small project with this body in its one handout, which is in ``language`` and of its brand's ``formats``."""
    root = clinic(folder)
    (root / "handouts/honey.en.yaml").unlink()
    own = ARABIC_WORDS if language == "ar" else {}
    change(root / HANDOUT, lambda handout: handout.update(body=body, **own))
    change(root / HANDOUT, _in_arabic if language == "ar" else lambda handout: None)
    (root / HANDOUT).rename(root / f"handouts/warm-tea.{language}.yaml")
    chosen = {"languages": [language], **({"formats": list(formats)} if formats else {})}
    if language == "ar":
        change(root / BRAND, lambda brand: brand.setdefault("meta", {}).update(name="عيادة التل"))
    change(root / BRAND, lambda brand: brand.setdefault("defaults", {}).setdefault("handout", {}).update(chosen))
    return root


def _in_arabic(handout: Any) -> None:
    handout["risks"]["items"][0]["name"] = "حرق في اللسان"
    handout["article"]["title"] = "شاي"
    handout["author"] = handout["article"]["author"] = "أحمد"
