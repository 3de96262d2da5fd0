"""A model that reads perfectly: for each document a file of the drafts that a perfect reader gives, served on request.

    reader = PerfectReader([Path("tests/perfect/a.json")])
    with Loopback(answer=reader.answer) as server: ...
    assert not reader.faults()

A file is `{"document": file name, "replies": {"people": [draft, ...], "offices": [draft, ...], ...}}`. A draft has the
fields of its extractor, of which empty ones may be left out, and `at`: words of the article. It is given when the
passage that a request shows holds them, however its lines are wrapped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.extractor import Draft, Extractor
from extractors.prompt import EXTRACTORS
from tests.loopback import Request, Step, reply

FOLDER = Path(__file__).with_name("perfect")
_BY_NAME = {extractor.name: extractor for extractor in EXTRACTORS}


@dataclass(frozen=True)
class Given:
    """A draft, and the words of the article in whose window it is to be given."""

    document: str
    extractor: str
    at: str
    draft: Draft


class PerfectReader:
    """Answers each question with the drafts of its extractor whose `at` stands in the passage.

    Raises pydantic.ValidationError for a file in which a draft has not the fields of its extractor.
    """

    def __init__(self, files: Iterable[Path]) -> None:
        self.drafts = [draft for file in files for draft in drafts_of(json.loads(file.read_text(encoding="utf-8")))]
        self._times = Counter[int]()
        self._passages = set[tuple[str, str]]()
        self._crowded: list[str] = []

    def answer(self, request: Request) -> Step:
        """What a perfect reader answers. A question that comes again counts once."""
        extractor, passage = asked(request)
        numbers = [
            number
            for number, each in enumerate(self.drafts)
            if each.extractor == extractor.name and on_one_line(each.at) in passage
        ]
        if (extractor.name, passage) not in self._passages:
            self._passages.add((extractor.name, passage))
            self._times.update(numbers)
            if len(numbers) > extractor.most:
                self._crowded.append(f"{extractor.name}: {len(numbers)} drafts for one passage, {passage[:60]!r}")
        items = [self.drafts[number].draft.model_dump(mode="json", exclude_defaults=True) for number in numbers]
        return reply(json.dumps({"items": items}, ensure_ascii=False))

    def faults(self) -> list[str]:
        """Drafts that were given in no window or in several, and windows with more drafts than a reply may hold."""
        strange = [
            f"{each.document}, {each.extractor}: given {self._times[number]} times, at {each.at!r}"
            for number, each in enumerate(self.drafts)
            if self._times[number] != 1
        ]
        return strange + self._crowded


def drafts_of(file: dict[str, object]) -> Iterator[Given]:
    """The drafts of one file, each held against the type of its extractor."""
    replies = file["replies"]
    assert isinstance(replies, dict)
    for name, items in replies.items():
        for item in items:
            kind = _BY_NAME[name].draft
            empty = {field: "" for field, info in kind.model_fields.items() if info.is_required()}
            fields = {field: value for field, value in item.items() if field != "at"}
            yield Given(str(file["document"]), name, item["at"], kind.model_validate(empty | fields))


def asked(request: Request) -> tuple[Extractor, str]:
    """The extractor that asks, and the passage that it asks about, on one line."""
    shown, _, task = request.question.rpartition("\n\nTASK: ")
    return _BY_NAME[task.strip()], on_one_line(shown.partition("\nPASSAGE: ")[2])


def on_one_line(words: str) -> str:
    return " ".join(words.split())


def document_of(file: Path) -> str:
    """The name of the document that a file of replies is about."""
    return str(json.loads(file.read_text(encoding="utf-8"))["document"])
