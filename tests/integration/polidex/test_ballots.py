"""A reform and the referendum that decided it are linked, whichever of the two articles is read first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest

from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import tables, task
from tests.loopback import Request, Step, reply

REFORM = (
    "Judges of Kenya will serve for a shorter time, and many of them are angry about it, as they told reporters.\n\n"
    "The law that voters adopted in the referendum of 4 August 2010 cuts the term of judges of Kenya from ten to six.\n"
)
VOTE = (
    "A vote that nobody in the country had hoped for came after all, and it went well in nearly all places.\n\n"
    "Kenya held a referendum on 4 August 2010, and lines were long before every school in the capital.\n"
)
ITEMS: Mapping[str, Sequence[Mapping[str, str]]] = {
    "reforms": [
        {
            "change": "cuts the term of judges of Kenya from ten to six",
            "area": "judiciary",
            "status": "adopted",
            "decided_by": "referendum",
            "date": "4 August 2010",
        }
    ],
    "elections": [{"election": "held a referendum", "type": "referendum", "date": "4 August 2010", "winner": ""}],
}


def answer(request: Request) -> Step:
    name = task(request)
    told_by = {"reforms": "change", "elections": "election"}
    items = [each for each in ITEMS.get(name, ()) if each[told_by[name]] in request.question]
    return reply(json.dumps({"items": items}))


@pytest.mark.parametrize("names", [("reform.txt", "vote.txt"), ("vote.txt", "reform.txt")], ids="-".join)
def test_the_step_has_the_key_of_its_referendum(newsroom: Newsroom, names: tuple[str, str]) -> None:
    newsroom.answer = answer
    newsroom.write("reform.txt", REFORM)
    newsroom.write("vote.txt", VOTE)
    for name in names:
        assert newsroom.run(name) == 0
    found = tables(newsroom.database)
    [vote], [step] = found["election"], found["reform_event"]
    assert (step["decided_by"], step["election_id"]) == ("referendum", vote["id"])
    newsroom.held_rules()
    newsroom.write(
        "vote.txt", "There was no vote in the end, and nobody has yet said when one will be held, if ever.\n"
    )
    assert newsroom.run("vote.txt") == 0
    [step] = tables(newsroom.database)["reform_event"]
    assert step["election_id"] is None
