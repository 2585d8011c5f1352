"""A small history, and then many hands at the same moment."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services import closing, commands, stream
from regulars.services.formats.facts import Record
from regulars.services.formats.parsing import Reader
from regulars.services.formats.results import Result
from regulars.services.organizations import find_organization, load_company
from regulars.services.stream import Stream
from tests.books import faults
from tests.databases import all_at_once
from tests.services.short_histories import Fact

Act = Callable[[], Any]


class Desk:
    """One organization after some history; its acts are made ready here and run anywhere."""

    def __init__(self, *records: Fact, closed: str) -> None:
        answers: list[Result] = []
        with Stream(lambda _, result: answers.append(result)) as past:
            past.run((None, one) for one in records)
            past.finish(date.fromisoformat(closed))
        assert all(one.status == "applied" for one in answers), answers
        assert past.company is not None
        self.company = past.company
        self.reader = Reader(past.context)

    def read(self, fact: Fact) -> Record:
        with organization_scope(self.company.id):
            return self.reader.parse(fact)

    # -- acts --------------------------------------------------------------------------------

    def command(self, fact: Fact) -> Act:
        record = self.read(fact)
        return self.inside(lambda: commands.execute(self.company, record))

    def facts(self, *facts: Fact) -> Act:
        """Facts in one batch, with what follows at once; answers the last one's result."""
        records = [self.read(fact) for fact in facts]

        def apply() -> Result:
            return stream.apply_at_once(self.company, records).results[-1]

        return self.inside(apply)

    def close(self, day: str) -> Act:
        """A process of its own would have read the organization for itself."""

        def close() -> int:
            company = load_company(find_organization(None))
            return closing.close_through(company, date.fromisoformat(day))

        return self.inside(close)

    def inside(self, act: Act) -> Act:
        def scoped() -> Any:
            with organization_scope(self.company.id):
                return act()

        return scoped

    # -- what came of it ---------------------------------------------------------------------

    def at_once(self, acts: Sequence[Act]) -> list[Any]:
        """Each act in a thread of its own; none may fail, a refusal is an answer."""
        answers = all_at_once(acts)
        failed = [one for one in answers if isinstance(one, BaseException)]
        assert not failed, failed[:3]
        assert faults() == []
        return answers

    def race(self, facts: Iterable[Act]) -> Counter[str]:
        """How often each answer was given: its status, or why it was refused."""
        return Counter(one.code or one.status for one in self.at_once(list(facts)))

    def points(self, guest: str) -> int:
        with organization_scope(self.company.id):
            return models.Account.objects.get(guest__external_id=guest).points

    def rows(self, model: Any, **where: Any) -> list[Any]:
        with organization_scope(self.company.id):
            return list(model.objects.filter(**where))
