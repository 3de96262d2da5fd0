"""Packages and their measures, and the referendum that decided a reform."""

from __future__ import annotations

from datetime import date
from typing import Any

from polidex.identity.linking import package_of, referendum_of
from schema import Election, ReformEvent, WorldDate
from schema.vocabulary import Basis, DecidedBy, ElectionStatus, ElectionType, ReformStatus


def when(on: str | None) -> WorldDate:
    return WorldDate.from_edtf(on, Basis.STATED) if on else WorldDate.unknown()


def step(status: str, on: str | None = None, by: DecidedBy = DecidedBy.REFERENDUM) -> ReformEvent:
    return ReformEvent(id=f"{status}-{on}", reform_id="r", status=ReformStatus(status), date=when(on), decided_by=by)


def referendum(on: str | None, country: str = "KE", **more: Any) -> Election:
    kind = more.pop("type", ElectionType.REFERENDUM)
    return Election(
        id=f"{country}-{on}", type=kind, country=country, date=when(on), **{"status": ElectionStatus.HELD, **more}
    )


def test_the_words_for_a_package_mean_the_reform_of_that_title() -> None:
    titles = {
        "r1": "Draft constitution to replace the charter of 1980",
        "r2": "Replaced the Senate with a Chamber of Regions",
    }
    assert package_of("a draft constitution that was meant to replace the charter", "en", titles) == "r1"
    assert package_of("draft constitution to replace the charter of 1980", "en", titles) == "r1"
    assert package_of("the pension package", "en", titles) is None
    assert package_of("pension reform", "en", {"r1": "the pension bill", "r2": "pension law"}) is None


def test_a_referendum_on_the_day_of_the_step_decided_it() -> None:
    votes = [referendum("2005-11-21"), referendum("2010-08-04"), referendum("2010-08-04", "UG")]
    assert referendum_of(step("adopted", "2010-08-04"), "KE", [], votes, None) == "KE-2010-08-04"
    assert referendum_of(step("rejected", "2005-11"), "KE", [], votes, None) == "KE-2005-11-21"
    assert referendum_of(step("adopted", "2013"), "KE", [], votes, None) is None
    assert referendum_of(step("adopted", "2010-08-04"), None, [], votes, None) is None
    assert referendum_of(step("adopted", "2010-08-04", DecidedBy.PARLIAMENT), "KE", [], votes, None) is None


def test_without_a_day_it_is_the_only_one_after_the_step_before() -> None:
    votes = [referendum("2005-11-21"), referendum("2010-08-04"), referendum("2012-01-01")]
    adopted, steps = step("adopted"), [step("proposed", "2009-11", DecidedBy.UNKNOWN), step("adopted")]
    assert referendum_of(adopted, "KE", steps, votes, date(2011, 1, 1)) == "KE-2010-08-04"
    assert referendum_of(adopted, "KE", steps, votes, date(2013, 1, 1)) is None
    assert referendum_of(adopted, "KE", steps, votes, None) is None
    assert referendum_of(adopted, "KE", [], votes[:1], date(2011, 1, 1)) == "KE-2005-11-21"


def test_only_a_referendum_that_took_place_counts() -> None:
    event = step("adopted", "2010-08-04")
    assert referendum_of(event, "KE", [], [referendum("2010-08-04", status=ElectionStatus.CANCELLED)], None) is None
    assert referendum_of(event, "KE", [], [referendum("2010-08-04", type=ElectionType.PRESIDENTIAL)], None) is None
    assert referendum_of(event, "KE", [], [referendum("2010-08-04"), referendum("2010")], None) == "KE-2010-08-04"
