"""Copy pictograms out of the npm package of Health Icons into icons/ (`make icons`).

Each is taken over with its outlines rounded to 1/480 of its side, and filled with the role `primary-text` in place of
`currentColor`. The package is pinned by version and by the SHA-512 of its archive, so a second run writes the same
bytes. Needs `npm` and the network; nothing else in the project does at run time.
"""

import re
import tarfile
import tempfile
from pathlib import Path

from npm_archives import fetch_archive

ICONS = Path(__file__).resolve().parent.parent / "icons"
PACKAGE = (
    "healthicons",
    "2.0.0",
    "sha512-fl2Ja5CUwtWqdHf5Q0/V7OEGGQjTHlMrDZy0bwgE5ZvYnVwR51WLlLonl4NY6+7urEJchCnWUJglTUEEUS1dhg==",
)
FILLED = "package/public/icons/svg/filled"
NAMES = {
    "agreement": "symbols/i_documents_accepted",
    "alcohol": "nutrition/alcohol",
    "ambulance": "vehicles/ambulance",
    "appointment": "symbols/i_schedule_school_date_time",
    "arm": "body/arm",
    "back-pain": "conditions/back_pain",
    "bacteria": "body/bacteria",
    "blood-drop": "body/blood_drop",
    "blood-vessel": "body/blood_vessel",
    "brain": "body/neurology",
    "burn": "conditions/burn",
    "calendar": "objects/calendar",
    "call": "people/call_centre",
    "calm": "emotions/calm",
    "cough": "emotions/coughing",
    "diabetes": "people/diabetes",
    "dizzy": "emotions/dizzy",
    "doctor": "people/doctor",
    "ear": "body/ear",
    "eye": "body/eye",
    "fever": "devices/fever",
    "food": "nutrition/nutrition",
    "foot": "body/foot",
    "forbidden": "symbols/cancel",
    "gloves": "ppe/ppe_gloves",
    "headache": "conditions/headache",
    "heart": "symbols/heart_cardiogram",
    "heartbeat": "symbols/heartbeat",
    "home": "places/home",
    "hospital": "places/hospital",
    "information": "symbols/info",
    "inhaler": "devices/asthma_inhaler",
    "injury": "people/traumatism",
    "joint": "body/joints",
    "leg": "body/leg",
    "lungs": "body/lungs",
    "lymph": "body/lymph_nodes",
    "meal": "nutrition/hot_meal",
    "medicine-bottle": "devices/medicine_bottle",
    "medicines": "medications/medicines",
    "mouth": "body/mouth",
    "nausea": "emotions/nauseous",
    "needle": "devices/syringe",
    "nerve": "body/nerve",
    "nervous": "emotions/nervous",
    "cross": "symbols/no",
    "nurse": "people/nurse",
    "older-people": "people/elderly",
    "pacemaker": "devices/defibrillator",
    "pain": "conditions/pain",
    "phone": "objects/phone",
    "pills": "medications/pills_2",
    "plaster": "objects/bandage_adhesive",
    "pregnant": "people/pregnant",
    "question": "symbols/question",
    "skeleton": "body/skeleton",
    "skin": "conditions/allergies",
    "spine": "body/spine",
    "stomach": "body/stomach",
    "stretching": "people/exercise_yoga",
    "swimming": "exercise/swim",
    "talk": "people/group_discussion_meeting",
    "thermometer": "devices/thermometer",
    "tired": "emotions/sleepy",
    "unwell": "emotions/woozy",
    "vomiting": "conditions/vomiting",
    "walking": "exercise/walking",
    "warning": "symbols/alert_triangle",
    "wash-hands": "people/wash_hands",
    "water": "objects/running_water",
    "weights": "exercise/exercise",
    "tick": "symbols/yes",
}
"""Our name of each pictogram, and where the package has it."""
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
_SHAPE = re.compile(r"<(?:path|circle|rect|ellipse|g)\b[^>]*>|</g>")
_LONG = re.compile(r"-?\d*\.\d{2,}")
_OTHER = re.compile(r"</?(?!svg|path|circle|rect|ellipse|g\b)\w+")


def in_role(svg: str, name: str) -> str:
    """Return a pictogram's shapes on their square, in the colour role."""
    if 'viewBox="0 0 48 48"' not in svg or _OTHER.search(svg):
        raise SystemExit(f"{name} is drawn otherwise than the others")
    svg = _LONG.sub(lambda number: f"{float(number.group()):.1f}".rstrip("0").rstrip("."), svg)
    shapes = "".join(shape.group() for shape in _SHAPE.finditer(svg))
    shapes = re.sub(r"\s*\n\s*", " ", shapes)
    return f"{_HEAD}{re.sub('currentColor|#333333|black', 'primary-text', shapes)}</svg>\n"


def main() -> None:
    """Write every pictogram, and the licence of all."""
    ICONS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(fetch_archive(*PACKAGE, Path(scratch))) as archive:
        members = {member.name: member for member in archive}

        def read(name: str) -> str:
            stream = archive.extractfile(members[name])
            if stream is None:
                raise SystemExit(f"{name} is not a file")
            return stream.read().decode()

        (ICONS / "LICENSE.txt").write_text(read("package/LICENSE"), encoding="utf-8")
        for name, place in NAMES.items():
            svg = in_role(read(f"{FILLED}/{place}.svg"), name)
            (ICONS / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
