"""The charts and the cards of the dashboard, from the figures that are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.faces.office.written import FigureWriter, change, thousandths
from regulars.faces.shared.charts import Chart, Series, bar
from regulars.faces.shared.ledger_words import ACTION_NAMES
from regulars.rules.program import ACTIONS
from regulars.services.figures import board as boards
from regulars.services.figures import counting
from regulars.services.figures.board import Board, Of

Wanted = Callable[[Of], bool]
GAINS = ("accrual", "opening_balance")
USED = ("redemption", "redemption_return")
ENDED = ("expiry", "forfeiture")
BACK = ("reversal",)
BY_HAND = ("adjustment", "transfer")


def points_of(*kinds: str) -> Wanted:
    return lambda of: of.about == counting.POINTS and of.kind in kinds


def visits_of(kind: str) -> Wanted:
    return lambda of: of.about == counting.VISIT and of.kind == kind


def rewards_of(kind: str) -> Wanted:
    return lambda of: of.about == counting.REWARD and of.kind == kind


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws one board; `ladder` are tiers, the lowest first, as (id, name)."""

    board: Board
    write: FigureWriter
    ladder: Sequence[tuple[str, str]]

    @property
    def labels(self) -> list[str]:
        return [self.write.bucket(one) for one in self.board.buckets]

    @property
    def first(self) -> str:
        """What stands above the labels of a table."""
        unit = self.board.buckets[0].unit
        return {
            "day": _("Day"),
            "week": _("Week from"),
            "month": _("Month"),
            "year": _("Year"),
        }[unit]

    # -- charts ------------------------------------------------------------------------------

    def tiers(self) -> Chart:
        series = [
            Series(name, [number for number, _value in self.board.stock(boards.in_tier(tier))])
            for tier, name in self.ladder
        ]
        return self._chart(
            "tiers",
            _("Guests by tier"),
            _("How many guests were in each tier at the end of each stretch of time."),
            series,
        )

    def points(self) -> Chart:
        over = self.board.over_time
        series = [
            Series(_("Issued"), over(points_of(*GAINS))),
            Series(_("Redeemed"), over(points_of(*USED))),
            Series(_("Ended"), over(points_of(*ENDED))),
            Series(_("Taken back"), over(points_of(*BACK))),
            Series(_("By hand"), over(points_of(*BY_HAND))),
        ]
        return self._chart(
            "points",
            _("Points in and out"),
            _("Above the line what guests got, below it what they used or lost."),
            [one for one in series if any(one.values)],
        )

    def liability(self) -> Chart:
        series = [
            Series(_("Value of open points"), self._owed(counting.WORTH)),
            Series(_("Open rewards"), self._owed(counting.REWARDS)),
        ]
        return self._chart(
            "liability",
            _("What is owed to guests"),
            _(
                "The value of open points and the amount of open rewards, at the end of each"
                " stretch of time."
            ),
            series,
            is_money=True,
        )

    def rates(self) -> Chart:
        over = self.board.over_time
        counts = [
            over(visits_of(kind), is_value=False)
            for kind in (counting.AGAIN, counting.CAME, counting.REFERRED, counting.NEW)
        ]
        series = [
            Series(_("Visits rebooked"), self._of_closed(_shares(counts[0], counts[1]))),
            Series(_("New guests referred"), self._of_closed(_shares(counts[2], counts[3]))),
        ]
        return Chart(
            name="rates",
            title=_("Rebooking and referral"),
            said=_(
                "The share of visits on whose day the guest booked again, and of new guests"
                " whom another guest had referred. Where no day is closed yet, none is told."
            ),
            labels=self.labels,
            series=series,
            write=self.write.share,
            brief=self.write.share,
            first=self.first,
            kind="lines",
        )

    def _of_closed(self, shares: list[int | None]) -> list[int | None]:
        """On a morning nobody has booked again: that is no fall to nothing."""
        closed = self.board.count.settled_through
        if closed is None:
            return shares
        pairs = zip(shares, self.board.buckets, strict=True)
        return [share if bucket.first <= closed else None for share, bucket in pairs]

    def _owed(self, kind: str) -> list[int]:
        return [value for _number, value in self.board.stock(boards.owed(kind))]

    def _chart(
        self,
        name: str,
        title: str,
        said: str,
        series: Sequence[Series],
        *,
        is_money: bool = False,
    ) -> Chart:
        return Chart(
            name=name,
            title=title,
            said=said,
            labels=self.labels,
            series=series,
            write=self.write.money if is_money else self.write.number,
            brief=self.write.brief_money if is_money else self.write.brief,
            first=self.first,
        )

    # -- what each action brought ------------------------------------------------------------

    def actions(self) -> list[dict[str, Any]]:
        """Actions that earned or lost points in these days, the most points first."""
        rows = [self._action(action) for action in (*ACTIONS, "")]
        most = max((row["points"] for row in rows), default=0)
        found = [row for row in rows if row["points"] or row["used"] or row["ended"]]
        found.sort(key=lambda row: -row["points"])
        return [{**row, "bar": bar(row["points"], most)} for row in found]

    def _action(self, action: str) -> dict[str, Any]:
        def of(*kinds: str) -> Wanted:
            return lambda one: points_of(*kinds)(one) and one.part == action

        total = self.board.total
        return {
            "name": ACTION_NAMES.get(action, _("By hand or otherwise")),
            "times": total(of("accrual"), is_value=False),
            "points": total(of(*GAINS, *BY_HAND)),
            "back": -total(of(*BACK)),
            "used": -total(of(*USED)),
            "ended": -total(of(*ENDED)),
        }


def _shares(parts: Sequence[int], wholes: Sequence[int]) -> list[int | None]:
    return [thousandths(part, whole) for part, whole in zip(parts, wholes, strict=True)]


# -- cards ------------------------------------------------------------------------------------


def everybodys_cards(drawer: Drawer) -> list[dict[str, Any]]:
    """Guests in the program, rebooking, referral."""
    board, write = drawer.board, drawer.write
    guests = sum(
        number for of, (number, _v) in board.stood[-1].items() if of.about == counting.TIER
    )
    before = sum(
        number for of, (number, _v) in board.stood_before.items() if of.about == counting.TIER
    )
    came, again, new, referred = (
        board.total(visits_of(kind), is_value=False)
        for kind in (counting.CAME, counting.AGAIN, counting.NEW, counting.REFERRED)
    )
    return [
        {
            "label": _("Guests in a tier"),
            "value": write.number(guests),
            "change": change(guests, before, write),
        },
        {
            "label": _("Visits rebooked"),
            "value": _share(again, came, write),
            "hint": _count(ngettext("%(n)s visit", "%(n)s visits", came), came, write),
        },
        {
            "label": _("New guests referred"),
            "value": _share(referred, new, write),
            "hint": _count(ngettext("%(n)s new guest", "%(n)s new guests", new), new, write),
        },
    ]


def points_cards(drawer: Drawer) -> list[dict[str, Any]]:
    """Points issued, redeemed and ended; of each how it compares with the days before."""
    cards = []
    for label, kinds in (
        (_("Points issued"), GAINS),
        (_("Points redeemed"), USED),
        (_("Points ended"), ENDED),
    ):
        wanted = points_of(*kinds)
        now = abs(drawer.board.total(wanted))
        before = abs(drawer.board.total(wanted, is_before=True))
        cards.append(
            {
                "label": label,
                "value": drawer.write.number(now),
                "change": change(now, before, drawer.write),
            }
        )
    return cards


def owed_cards(drawer: Drawer) -> list[dict[str, Any]]:
    """What the whole company owes at the end of these days."""
    write = drawer.write
    at_end = drawer.board.stood[-1]
    nothing = (0, 0)
    open_points = at_end.get(boards.owed(counting.OPEN), nothing)[1]
    worth = at_end.get(boards.owed(counting.WORTH), nothing)[1]
    debt = at_end.get(boards.owed(counting.DEBT), nothing)[1]
    n_rewards, rewards = at_end.get(boards.owed(counting.REWARDS), nothing)
    owe = _("guests owe %(n)s") % {"n": write.number(debt)} if debt else ""
    said = ngettext("%(n)s open reward", "%(n)s open rewards", n_rewards)
    return [
        {"label": _("Open points"), "value": write.number(open_points), "hint": owe},
        {"label": _("Value of open points"), "value": write.money(worth)},
        {
            "label": _("Rewards outstanding"),
            "value": write.money(rewards),
            "hint": _count(said, n_rewards, write),
        },
        {"label": _("Liability"), "value": write.money(worth + rewards), "is_sum": True},
    ]


def _share(part: int, whole: int, write: FigureWriter) -> str:
    found = thousandths(part, whole)
    return "–" if found is None else write.share(found)


def _count(template: str, number: int, write: FigureWriter) -> str:
    return template % {"n": write.number(number)}
