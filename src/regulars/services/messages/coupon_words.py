"""The one phrase that a coupon says beside numbers, in the languages letters can be set in."""

from datetime import date

from regulars.services.messages.languages import base_of, written_day

_GOOD_THROUGH = {
    "cs": "Platí do {day}",
    "da": "Gælder til og med {day}",
    "de": "Gültig bis {day}",
    "el": "Ισχύει έως {day}",
    "en": "Good through {day}",
    "es": "Válido hasta el {day}",
    "fi": "Voimassa {day} asti",
    "fr": "Valable jusqu’au {day}",
    "hu": "Érvényes eddig: {day}",
    "it": "Valido fino al {day}",
    "nb": "Gyldig til og med {day}",
    "nl": "Geldig tot en met {day}",
    "pl": "Ważny do {day}",
    "pt": "Válido até {day}",
    "ro": "Valabil până la {day}",
    "ru": "Действует до {day}",
    "sv": "Gäller till och med {day}",
    "tr": "Son gün: {day}",
    "uk": "Дійсний до {day}",
}


def good_through(day: date, language: str) -> str:
    """`Good through July 5, 2026`; in a language that is not here, the day alone."""
    written = written_day(day, language)
    return _GOOD_THROUGH.get(base_of(language), "{day}").format(day=written)
