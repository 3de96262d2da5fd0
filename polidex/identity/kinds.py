"""The kinds of thing that mentions are of, in the order of settling them: what refers comes after what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polidex.identity import elections, offices, organizations, people, reforms, statements, tenures
from polidex.identity.clusters import Judge
from polidex.identity.judged import Profile
from schema.vocabulary import RecordType

Prepare = Callable[[Iterable[Any]], Sequence[Any]]


@dataclass(frozen=True)
class Kind:
    """What the mentions of one kind of thing are compared by.

    Attributes:
        prepared: gives each of the mentions that are to be clustered what the others tell of it.
    """

    profile: type[Profile]
    judge: Judge
    prepared: Prepare = list


KINDS: Mapping[RecordType, Kind] = {
    RecordType.PERSON: Kind(people.PersonProfile, people.judge),
    RecordType.ORGANIZATION: Kind(organizations.OrganizationProfile, organizations.judge),
    RecordType.OFFICE: Kind(offices.OfficeProfile, offices.judge),
    RecordType.TENURE: Kind(tenures.TenureProfile, tenures.judge, tenures.settled),
    RecordType.ELECTION: Kind(elections.ElectionProfile, elections.judge),
    RecordType.REFORM: Kind(reforms.ReformProfile, reforms.judge),
    RecordType.STATEMENT: Kind(statements.StatementProfile, statements.judge),
}
