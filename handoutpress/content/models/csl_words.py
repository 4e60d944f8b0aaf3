"""The words of the Citation Style Language 1.0.2: the types of a reference, and the fields that it may have."""

from __future__ import annotations

_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter
classic collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview
legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
periodical personal_communication post post-weblog regulation report review review-book software song speech standard
thesis treaty webpage
"""
_FIELDS = """
abstract accessed annote archive archive-place archive_collection archive_location author authority available-date
call-number categories chair chapter-number citation-key citation-label citation-number collection-editor
collection-number collection-title compiler composer container-author container-title container-title-short
contributor curator custom dimensions director division DOI edition editor editor-translator editorial-director event
event-date event-place event-title executive-producer first-reference-note-number genre guest host id illustrator
interviewer ISBN ISSN issue issued journalAbbreviation jurisdiction keyword language license locator medium narrator
note number number-of-pages number-of-volumes organizer original-author original-date original-publisher
original-publisher-place original-title page page-first part-number part-title performer PMCID PMID printing
printing-number producer publisher publisher-place recipient references reviewed-author reviewed-genre reviewed-title
scale script-writer section series-creator shortTitle source status submitted supplement supplement-number title
title-short translator type URL version volume volume-title volume-title-short year-suffix
"""

CSL_TYPES = frozenset(_TYPES.split())
"""All types."""
CSL_FIELDS = frozenset(_FIELDS.split())
"""All fields, and those that Zotero and Better BibTeX write besides."""
