"""The rules for the host that clinics are on: where pages have gone, and what is shown where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from handoutpress.site.clinics import SiteClinic
from handoutpress.site.pages.stubs import host_rules
from handoutpress.site.plan import MISSING, moved
from handoutpress.site.standings import Standings


def rules_of(clinics: Sequence[SiteClinic], standings: Standings) -> dict[str, bytes]:
    """Return the rules for the host that these clinics are on."""
    gone = {given: moved(given, standings) for given in dict.fromkeys(clinic.given for clinic in clinics)}
    pairs = {
        f"{clinic.path}{old.path}": f"{clinic.path}{new.path}"
        for clinic in clinics
        for old, new in gone[clinic.given].items()
    }
    return host_rules(pairs, f"{top_path(clinics)}{MISSING}")


def top_path(clinics: Sequence[SiteClinic]) -> str:
    """Return where the top of clinics that share a site is on their host, with a slash at its end."""
    return f"{urlsplit(clinics[0].top).path}/"
