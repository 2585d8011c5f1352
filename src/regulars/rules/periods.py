"""Months, windows and kept days on the calendar; dates come in from outside, never a clock."""

from calendar import isleap, monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day so many months on (or back); a day missing there becomes the month's last.

    Beyond the calendar's first or last day it stays there.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    # 28 is in every month: only the last days of one need to be looked up.
    kept = day.day if day.day <= 28 else min(day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, kept)


def window_start(on: date, months: int) -> date:
    """Rule 4.2: the first day of the window that ends on this date; both ends count."""
    return add_months(on, -months)


def month_end(day: date) -> date:
    """The last day of the month this day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_month_end(day: date) -> bool:
    """Rule 4.11: is this the day of the monthly tier check?"""
    return day.day >= 28 and day.day == monthrange(day.year, day.month)[1]


def month_end_on_or_after(day: date) -> date:
    """Rule 4.11: the first month's end that has not passed on this day."""
    # A day is never after the end of its own month.
    return month_end(day)


def falls_on(kept: date, on: date) -> bool:
    """Rule 6.1: is this the kept day's birthday or anniversary?

    29 February is kept on the 28th in other years.
    """
    if kept.month != on.month or on.year < kept.year:
        return False
    if kept.day == on.day:
        return True
    return kept.month == 2 and kept.day == 29 and on.day == 28 and not isleap(on.year)
