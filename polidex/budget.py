"""What models may cost: the most that a request can cost is set aside before it is sent, and the rest is given back."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from polidex.journal import Journal
from polidex.settings import Budget as Bounds
from schema import stable_id
from schema.errors import OverBudget, UsageError
from schema.usage import Usage

_CENT_OF_A_CENT = 1e-9
"""Below this the sums of floats may be wrong; no price is as small."""


@dataclass(frozen=True)
class Lease:
    """A part of a budget that somebody else spends."""

    id: str
    usd: float


class Budget:
    """The meter of one run, for all workers of one event loop.

    Attributes:
        spent: US dollars that providers billed in this run.
    """

    def __init__(
        self,
        bounds: Bounds,
        journal: Journal,
        run_id: str,
        *,
        spent_this_month: float = 0.0,
        spent_before: float = 0.0,
    ) -> None:
        self.spent, self._unsure = spent_before, 0.0
        self._journal = journal
        self._run_id = run_id
        left = [bounds.run_usd, None if bounds.month_usd is None else bounds.month_usd - spent_this_month]
        self.limit = min((each for each in left if each is not None), default=None)
        """US dollars that this run may spend; None without a budget."""
        self._of_month = self.limit is not None and self.limit != bounds.run_usd
        self._set_aside: dict[str, float] = {}
        self._given_back = asyncio.Condition()
        self._numbers = itertools.count()
        # A part of a run that is done again, because its worker was lost, counts its requests from 0 again.
        self._attempt = uuid4().hex

    @property
    def unsure(self) -> float:
        """US dollars set aside for requests of which nobody knows, or not yet, whether they were billed."""
        return self._unsure + sum(self._set_aside.values())

    async def reserve(self, call: str, most_usd: float | None) -> str:
        """Set aside what a request can cost at most. Waits while requests in flight may leave enough of it.

        Raises:
            OverBudget: there is not enough left, whatever they leave.
            UsageError: nobody knows what this model costs.
        """
        ticket = stable_id("request", self._run_id, self._attempt, call, str(next(self._numbers)))
        if self.limit is None:
            return ticket
        if most_usd is None:
            raise UsageError(
                "There is a budget, and nobody publishes what this model costs.",
                hint="Set prices.input_usd and prices.output_usd (US dollars per million tokens), or no budget.",
            )
        async with self._given_back:
            while self.spent + self._unsure + sum(self._set_aside.values()) + most_usd > self.limit + _CENT_OF_A_CENT:
                if self.spent + self._unsure + most_usd > self.limit + _CENT_OF_A_CENT:
                    of = "this month" if self._of_month else "this run"
                    left = max(0.0, self.limit - self.spent - self._unsure)
                    raise OverBudget(
                        f"The next call may cost {most_usd:.4f} USD, and {left:.4f} USD are left for {of}."
                    )
                await self._given_back.wait()
            self._set_aside[ticket] = most_usd
        await self._journal.reserve(ticket, self._run_id, most_usd)
        return ticket

    async def settle(self, ticket: str, usage: Usage | None) -> None:
        """Give back what a request did not cost; None where nobody knows whether it was billed."""
        most = self._set_aside.pop(ticket, None)
        if most is None:
            self.spent += (usage.cost_usd or 0.0) if usage else 0.0
            return
        if usage is None:
            self._unsure += most
        else:
            cost = usage.cost_usd or 0.0
            self.spent += cost
            await self._journal.settle(ticket, cost)
        async with self._given_back:
            self._given_back.notify_all()

    async def lease(self, shares: int) -> Lease | None:
        """Set a part of what is left aside, one of so many, for somebody who keeps to it; None without a budget."""
        if self.limit is None:
            return None
        lease = Lease(f"lease {next(self._numbers)}", max(0.0, self.limit - self.spent - self.unsure) / shares)
        self._set_aside[lease.id] = lease.usd
        return lease

    async def returned(self, lease: Lease | None, spent: float, unsure: float) -> None:
        """Count what was spent of a lease, and what may have been; the rest is given back."""
        if lease:
            del self._set_aside[lease.id]
        self.spent += spent
        self._unsure += unsure
        async with self._given_back:
            self._given_back.notify_all()


def month_began(now: datetime) -> datetime:
    """The first moment of the calendar month, UTC."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
