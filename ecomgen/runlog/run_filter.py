"""Which runs of the log are meant."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

TRIGRAM = 3  # shorter words are not in the index


@dataclass(frozen=True, kw_only=True)
class Places:
    """Run folders, and folders that hold several of them at any depth, as the log has their paths."""

    runs: tuple[str, ...] = ()
    above: tuple[str, ...] = ()

    def clause(self, name: str) -> tuple[str, dict[str, Any]]:
        """A test in SQL for runs that lie there, with its values; `name` keeps those apart from others."""
        test = (
            f"(runs.folder IN (SELECT value FROM json_each(:{name}_runs)) OR EXISTS (SELECT 1 FROM"
            f" json_each(:{name}_above) WHERE runs.folder >= value || '/' AND runs.folder < value || '0'))"
        )  # "0" comes right behind "/"
        return test, {f"{name}_runs": json.dumps(self.runs), f"{name}_above": json.dumps(self.above)}


@dataclass(frozen=True, kw_only=True)
class RunFilter:
    """Runs by what they hold; every field that is given must fit.

    `text` occurs in the prompt, the product's name, the pipeline's name or the run's id; `prompt` and `product` in
    that field alone; upper and lower case are one. `since` and `until` are ISO dates or times, both inclusive, where a
    date alone means the whole day. `kept` asks for runs with a kept picture, or for those without, `decided` for those
    with a picture that was starred, approved or rejected. `only` and `without` are about where runs lie.
    """

    text: str = ""
    prompt: str = ""
    product: str = ""
    pipeline: str = ""
    since: str = ""
    until: str = ""
    kept: bool | None = None
    status: str = ""
    decided: Literal["", "starred", "approved", "rejected"] = ""
    only: Places | None = None
    without: Places | None = None

    def clause(self) -> tuple[str, dict[str, Any]]:
        """What follows SELECT … in SQL up to the order, newest first, with its values. Rows come from `runs`."""
        tests, values = self._plain()
        words = " AND ".join(filter(None, (self._indexed(), self._indexed("prompt"), self._indexed("product"))))
        if not words:
            return f"FROM runs WHERE {' AND '.join(tests) or '1'} ORDER BY number DESC", values
        found = " AND ".join(["words MATCH :words", *tests])
        source = "FROM words CROSS JOIN runs ON runs.number = words.rowid"  # CROSS: the index first, row by row
        return f"{source} WHERE {found} ORDER BY words.rowid DESC", values | {"words": words}

    def _indexed(self, column: str = "") -> str:
        """The part of the index's query for one field; nothing for words that the index does not hold."""
        wanted = getattr(self, column or "text").strip()
        if len(wanted) < TRIGRAM:
            return ""
        phrase = '"' + wanted.replace('"', '""').replace("\0", " ") + '"'  # at a null the query would end
        return f"{column} : {phrase}" if column else phrase

    def _plain(self) -> tuple[list[str], dict[str, Any]]:
        tests: list[str] = []
        values: dict[str, Any] = {}
        for name, test in _TESTS.items():
            value = getattr(self, name).strip()
            if value and (name not in _SEARCHED or len(value) < TRIGRAM):
                tests.append(test)
                values[name] = f"{value}~" if name == "until" else value
        if self.kept is not None:
            tests.append("kept > 0" if self.kept else "kept = 0")
        if self.decided:
            tests.append(f"runs.run_id IN (SELECT run_id FROM decisions WHERE {_DECIDED[self.decided]})")
        for name, places in (("only", self.only), ("without", self.without)):
            if places is not None:
                test, more = places.clause(name)
                tests.append(test if name == "only" else f"NOT {test}")
                values |= more
        return tests, values


_DECIDED = {"starred": "starred", "approved": "verdict = 'approved'", "rejected": "verdict = 'rejected'"}
_SEARCHED = ("text", "prompt", "product")
_TESTS = {
    "text": "instr(lower(runs.prompt || ' ' || runs.product || ' ' || runs.pipeline || ' ' || runs.run_id),"
    " lower(:text))",
    "prompt": "instr(lower(runs.prompt), lower(:prompt))",
    "product": "instr(lower(runs.product), lower(:product))",
    "pipeline": "runs.pipeline = :pipeline",
    "since": "runs.created >= :since",
    "until": "runs.created < :until",  # "~" sorts behind everything that an ISO time can go on with
    "status": "runs.status = :status",
}
