"""When Alder & Rue is open, when it is busy, and the two years of the demo."""

from datetime import date

FIRST_DAY = date(2024, 7, 1)
LAST_DAY = date(2026, 6, 30)

# Monday to Sunday: closed on Mondays, full on Saturdays.
WEEKDAYS = (0.0, 1.0, 1.1, 1.5, 2.1, 3.4, 0.7)
_MONTHS = {1: 0.7, 2: 0.9, 4: 1.05, 5: 1.2, 6: 1.1, 7: 0.9, 8: 0.8, 11: 1.1, 12: 1.45}
_HOLIDAYS = {(1, 1), (7, 4), (12, 25)}
_THANKSGIVING = {date(2024, 11, 28), date(2025, 11, 27)}
WEEKDAY_HOURS = {10: 2, 11: 3, 12: 3, 13: 2, 14: 2, 15: 3, 16: 4, 17: 5, 18: 5}
WEEKEND_HOURS = {9: 3, 10: 5, 11: 5, 12: 4, 13: 4, 14: 4, 15: 3, 16: 2}


def is_open(day: date) -> bool:
    return (
        day.weekday() != 0
        and (day.month, day.day) not in _HOLIDAYS
        and day not in _THANKSGIVING
    )


def season(day: date) -> float:
    """How busy the month is; 1 is an ordinary one."""
    return _MONTHS.get(day.month, 1.0)
