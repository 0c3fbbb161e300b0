"""Whose turn it is: one piece of heavy work at a time, and nobody waits for all of another's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

LOOK_AGAIN = 0.5  # seconds until somebody who waits looks whether he was called off


@dataclass(frozen=True, kw_only=True, eq=False)
class Ticket:
    """A place in the queue. `gone` tells whether whoever waits has been called off."""

    person: str
    gone: Callable[[], bool]
    moved: Callable[[int, str], None]  # hears how many are before it, and the place of its person's own work in work
    place: str = ""  # of the screen
    is_light: bool = False  # takes a moment: goes before all that does not


class Turns:
    """The queue. The next turn goes to the person who had one longest ago, of each person's work to the oldest."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._waiting: list[Ticket] = []
        self._served: dict[str, int] = {}
        self._turns = 0
        self._busy: Ticket | None = None
        self._next: Ticket | None = None  # only made room for light work, and goes on before all other

    def join(self, ticket: Ticket) -> None:
        """Queue up."""
        with self._change:
            self._waiting.append(ticket)
            self._tell()

    def wait(self, ticket: Ticket) -> bool:
        """Wait for the turn of a ticket that has joined; False where it was called off before."""
        with self._change:
            while self._busy is not None or self._order()[0] is not ticket:
                if ticket.gone():
                    break
                self._change.wait(LOOK_AGAIN)
            self._waiting.remove(ticket)
            if ticket.gone():
                self._tell()
                return False
            self._turns += 1
            self._served[ticket.person] = self._turns
            self._busy = ticket
            ticket.moved(0, "")
            self._tell()
            return True

    def end(self, ticket: Ticket) -> None:
        """The turn of this ticket is over, if it has one."""
        with self._change:
            if self._busy is not ticket:
                return
            self._busy = None
            self._forget()
            self._tell()

    def pause(self, ticket: Ticket, *, only_for_light: bool = False) -> None:
        """In the middle of long work: let light work go first, or all that waits. Whoever is called off comes back,
        too."""
        with self._change:
            waiting = [other for other in self._waiting if not other.gone()]
            for_light = only_for_light or all(other.is_light for other in waiting)
            if for_light and not any(other.is_light for other in waiting):
                return
            self._waiting.append(ticket)
            self._next = ticket if for_light else None
        self.end(ticket)
        self.wait(ticket)

    def _order(self) -> list[Ticket]:
        """Light work, then everybody's first, everybody's second, and so on; in each round whoever was served longest
        ago."""
        rounds: dict[str, int] = {}
        ranked = []
        for number, ticket in enumerate(self._waiting):
            turn = rounds[ticket.person] = rounds.get(ticket.person, -1) + 1
            served, waits = self._served.get(ticket.person, 0), ticket is not self._next
            ranked.append(((not ticket.is_light, waits, turn, served, number), ticket))
        return [ticket for _, ticket in sorted(ranked, key=lambda pair: pair[0])]

    def _tell(self) -> None:
        """Wake everybody, and say how many are before each."""
        busy = self._busy
        for before, ticket in enumerate(self._order()):
            own = busy.place if busy is not None and busy.person == ticket.person else ""
            ticket.moved(before + (busy is not None), own)
        self._change.notify_all()

    def _forget(self) -> None:
        """Who waits for nothing and was served long ago counts as new."""
        if len(self._served) > 1000:
            present = {ticket.person for ticket in self._waiting}
            self._served = {person: turn for person, turn in self._served.items() if person in present}
