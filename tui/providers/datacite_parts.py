"""The parts of DataCite's metadata that take more than a look: names, titles, dates, licences, what it appeared in.

The elements are those of the DataCite Metadata Schema 4 (https://datacite-metadata-schema.readthedocs.io).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui.providers.reading import first_text, lines_of, list_of, map_of, name_of, text_of
from tui.text import clean_lines, unescape

MAX_PEOPLE = 10_000
MAX_SUBJECTS = 100
_BREAK = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|jats:p)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w:]{0,20}(?:\s[^<>]{0,300})?/?>")
Found = Mapping[str, Any]


def title_of(work: Found) -> str | None:
    """Return the title with its subtitle; a translated or alternative one only where there is no other."""
    titles = [map_of(each) for each in list_of(work.get("titles"))[:50]]
    main = next((text_of(each.get("title")) for each in titles if not each.get("titleType")), None)
    below = next((text_of(each.get("title")) for each in titles if each.get("titleType") == "Subtitle"), None)
    if main is None:
        main, below = first_text(*(each.get("title") for each in titles)), None
    return f"{main}: {below}" if main and below and below.lower() not in main.lower() else main


def people_of(value: object, role: str | None = None) -> tuple[str, ...]:
    """Return the names of creators, or of contributors with the *role*, as ``Given Family``."""
    people = [map_of(each) for each in list_of(value)[:MAX_PEOPLE]]
    names = (_person(each) for each in people if role is None or each.get("contributorType") == role)
    return tuple(name for name in names if name)


def _person(person: Found) -> str | None:
    name = first_text(person.get("name"))
    if person.get("nameType") == "Organizational":
        return name
    if text_of(person.get("givenName")) and text_of(person.get("familyName")):
        return name_of(person.get("givenName"), person.get("familyName"))
    family, comma, given = (name or "").partition(",")
    if comma and "," not in given:
        return name_of(given, family)
    return name or name_of(person.get("givenName"), person.get("familyName"))


def dates_of(work: Found, kind: str) -> list[Found]:
    """Return the dates of one *kind*: Submitted, Issued, Updated, Withdrawn ..."""
    return [each for each in map(map_of, list_of(work.get("dates"))[:200]) if each.get("dateType") == kind]


def container_of(work: Found) -> tuple[str | None, Found]:
    """Return the name of what the work appeared in and where its volume and pages stand."""
    container = map_of(work.get("container"))
    if title := text_of(container.get("title")):
        return title, container
    for item in map(map_of, list_of(work.get("relatedItems"))[:100]):
        if item.get("relationType") == "IsPublishedIn" and (title := title_of(item)):
            return title, item
    return None, {}


def publisher_of(work: Found) -> str | None:
    """Return the publisher's name, which is text in one shape and an object in the other."""
    publisher = work.get("publisher")
    return text_of(publisher) or text_of(map_of(publisher).get("name"))


def description_of(work: Found, kind: str) -> str | None:
    """Return the description of this *kind* as plain text, the English one where there are several."""
    found = [map_of(each) for each in list_of(work.get("descriptions"))[:50]]
    found = [each for each in found if each.get("descriptionType") == kind and text_of(each.get("description"))]
    english = next((each for each in found if (text_of(each.get("lang")) or "")[:2].lower() == "en"), None)
    text = lines_of((english or found[0]).get("description")) if found else None
    return _plain(text) if text else None


def _plain(text: str) -> str | None:
    """Return *text* without the HTML that depositors' forms put into it; a text without any is left as it is."""
    if not _BREAK.search(text):
        return text
    text = _TAG.sub("", _BREAK.sub("\n\n", text))
    return clean_lines(unescape(text)) or None


def licence_of(work: Found) -> str | None:
    """Return the licence: by its SPDX name, else by the address of its text, else in words."""
    rights = [map_of(each) for each in list_of(work.get("rightsList"))[:50]]
    licences = (each for each in rights if "licen" in (text_of(each.get("rightsUri")) or "").lower())
    names = (each.get("rightsIdentifier") for each in rights)
    return first_text(*names, *(each.get("rights") or each.get("rightsUri") for each in licences))


def keywords_of(work: Found) -> str | None:
    """Return the subjects that are of no classification, as one text, at most twenty."""
    subjects = (map_of(each) for each in list_of(work.get("subjects"))[:MAX_SUBJECTS])
    words = (text_of(each.get("subject")) for each in subjects if not each.get("subjectScheme"))
    return "; ".join(list(dict.fromkeys(word for word in words if word and len(word) < 100))[:20]) or None
