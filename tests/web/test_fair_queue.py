"""Turns: everybody gets one before anybody gets a second, and long work lets others in between."""

from __future__ import annotations

import threading

from ecomgen.web.jobs.fair_queue import Ticket, Turns

WAIT = 10  # seconds


def nobody_listens(_ahead: int, _behind: str) -> None:
    """Whoever does not care how many are before it."""


class Hall:
    """A queue with people in it, and the order in which they were called."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.called: list[str] = []
        self.ahead: dict[str, int] = {}
        self.off: set[str] = set()
        self._threads: list[threading.Thread] = []

    def join(self, name: str) -> Ticket:
        person = name.partition(" ")[0]
        ticket = Ticket(
            person=person, gone=lambda: name in self.off, moved=lambda ahead, _: self.ahead.__setitem__(name, ahead)
        )
        self.turns.join(ticket)
        thread = threading.Thread(target=self._come, args=(ticket, name))
        self._threads.append(thread)
        thread.start()
        return ticket

    def hold(self) -> Ticket:
        """Somebody has the turn while the others come."""
        ticket = Ticket(person="first", gone=lambda: False, moved=nobody_listens)
        self.turns.join(ticket)
        assert self.turns.wait(ticket)
        return ticket

    def finish(self) -> list[str]:
        for thread in self._threads:
            thread.join(WAIT)
            assert not thread.is_alive()
        return self.called

    def _come(self, ticket: Ticket, name: str) -> None:
        if self.turns.wait(ticket):
            self.called.append(name)
            self.turns.end(ticket)


def test_everybody_has_one_turn_before_anybody_has_a_second() -> None:
    hall = Hall()
    first = hall.hold()
    for name in ("anna 1", "anna 2", "anna 3", "ben 1", "ben 2", "cleo 1"):
        hall.join(name)
    hall.turns.end(first)
    assert hall.finish() == ["anna 1", "ben 1", "cleo 1", "anna 2", "ben 2", "anna 3"]


def test_whoever_was_served_longest_ago_comes_first() -> None:
    hall = Hall()
    first = hall.hold()
    hall.join("anna 1")
    hall.turns.end(first)
    hall.finish()
    again = hall.hold()
    hall.join("anna 2")
    hall.join("ben 1")
    hall.turns.end(again)
    assert hall.finish() == ["anna 1", "ben 1", "anna 2"]


def test_everybody_knows_how_many_are_before_them() -> None:
    hall = Hall()
    first = hall.hold()
    for name in ("anna 1", "anna 2", "ben 1"):
        hall.join(name)
    assert hall.ahead == {"anna 1": 1, "ben 1": 2, "anna 2": 3}
    hall.turns.end(first)
    hall.finish()


def test_who_is_called_off_has_no_turn() -> None:
    hall = Hall()
    first = hall.hold()
    hall.join("anna 1")
    hall.join("ben 1")
    hall.off.add("anna 1")
    hall.turns.end(first)
    assert hall.finish() == ["ben 1"]


def test_long_work_lets_others_go_first_and_comes_back() -> None:
    hall = Hall()
    long = hall.hold()
    hall.join("ben 1")
    hall.turns.pause(long)
    assert hall.called == ["ben 1"]
    hall.turns.pause(long)  # nobody waits: it goes on at once
    hall.turns.end(long)


def test_two_never_have_a_turn_at_once() -> None:
    turns, inside, most = Turns(), [], []

    def work(number: int) -> None:
        ticket = Ticket(person=f"person {number % 3}", gone=lambda: False, moved=nobody_listens)
        turns.join(ticket)
        assert turns.wait(ticket)
        inside.append(number)
        most.append(len(inside))
        inside.remove(number)
        turns.end(ticket)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert most == [1] * 30
