"""Who wrote it: names in a byline, and notes about an author below an article."""

from __future__ import annotations

import re

from polidex.furniture_words import AND, AUTHOR_ROLE, BYLINE, COLON, FROM_PLACE, WRITER_NOTE

_LONGEST = 160  # characters
_MOST_NAME_WORDS = 6
_NAME_WORDS = (2, 3, 4)
_PARTICLE = 3  # characters: "de", "van", "bin" are written small within a name
_OPENS = re.compile(rf"(?:{'|'.join(map(re.escape, BYLINE))})(?:(?P<colon>{COLON})|\s+)", re.IGNORECASE)
# One letter in capitals is an initial, not a word.
_AND = "|".join((*AND, *(word.upper() for word in AND if len(word) > 1)))
_BETWEEN = re.compile(rf"\s*[,،、;/&|]\s*|\s+(?:{_AND})\s+")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।]$")
_SHORT_NAME_LINE = 5  # words
_NOTE_OPENING = 4  # words of a paragraph in which a note about an author names them


def authors_in(line: str) -> tuple[str, ...]:
    """Read the authors from a line such as "By Ana Silva and João Reis" or "Autor: Jan Novák, Redakteur".

    Returns:
        The names as printed, in order; () when the line is not a byline.
    """
    opening = _OPENS.match(line) if len(line) <= _LONGEST else None
    if opening is None:
        return ()
    names: list[str] = []
    for part in _BETWEEN.split(line[opening.end() :].strip().rstrip(".")):
        name = _name(part.strip())
        if name is None:
            # After the first name, an office or a place may follow; before it, this is no byline but a sentence.
            break
        names.append(name)
    if not opening["colon"] and _SENTENCE_END.search(line):
        return tuple(names) if len(line.split()) <= _MOST_NAME_WORDS else ()
    return tuple(names)


def split_names(text: str) -> tuple[str, ...]:
    """The names in a list such as "Ana Silva, João Reis and Wei Li"; the whole where a part does not look like one."""
    names = [_name(part.strip()) for part in _BETWEEN.split(text)]
    return tuple(name for name in names if name) if all(names) else (text,)


def looks_like_name(text: str) -> bool:
    """Whether a text has the shape of one person's full name: two to four words that open with a capital."""
    return len(text.split()) in _NAME_WORDS and _name(text) == text


def is_note_on_author(paragraph: str, before: list[str], body: str, authors: tuple[str, ...]) -> bool:
    """Whether a paragraph at the end of an article is about its author and not about its subject.

    It opens with a generic phrase ("The writer is ..."), or names in its first words an author, or the person whose
    name stands alone on the line before: printed twice, or printed nowhere in the article.

    Args:
        paragraph: the paragraph.
        before: the lines before it, the nearest last.
        body: the text of the article above.
        authors: the names in its byline.
    """
    if paragraph.casefold().startswith(WRITER_NOTE):
        return True
    opening = set(_words(paragraph)[:_NOTE_OPENING])
    in_body = set(_words(body))
    if any(opening & set(_words(author)) and not set(_words(author)) & in_body for author in authors):
        return True
    if not before:
        return False
    name = before[-1]
    words = set(_words(name))
    if len(name.split()) > _SHORT_NAME_LINE or _SENTENCE_END.search(name) or not words & opening:
        return False
    return before[-2:-1] == [name] or (looks_like_name(name) and not words & in_body)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text)]


def _name(part: str) -> str | None:
    """The name that opens a part of a byline, cut before a place; None when there is none."""
    kept: list[str] = []
    for word in part.split():
        if kept and word.casefold() in FROM_PLACE and word.islower():
            break
        if word[0].islower() and len(word) > _PARTICLE and not re.match(r"[^\W\d_]+['’-]", word):
            return None
        if any(map(str.isdecimal, word)) or word.casefold().strip(".,:") in AUTHOR_ROLE:
            return None
        kept.append(word)
    if not kept or len(kept) > _MOST_NAME_WORDS or all(word.islower() for word in kept):
        return None
    return " ".join(kept).rstrip(":,")
