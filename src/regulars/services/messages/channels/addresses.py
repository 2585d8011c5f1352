"""Addresses that could be reached at all, and one-line texts that are safe in a header."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from regulars.services.messages.channels.channel import Undeliverable

# Nobody's guest writes from right to left in the middle of a name to look like another one.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_NUMBER = re.compile(r"\+?[0-9]{5,15}")
_BETWEEN_DIGITS = re.compile(r"[ ().\-/\u00a0]")


def check_email(address: str) -> None:
    """Refuse what is no e-mail address; non-ASCII letters may only be in the domain."""
    try:
        validate_email(address)
    except ValidationError:
        raise Undeliverable(f"{address[:80]!r} is not an e-mail address.") from None


def check_phone(number: str) -> None:
    """Refuse what is no phone number: 5 to 15 digits, with or without a plus sign."""
    if not _NUMBER.fullmatch(_BETWEEN_DIGITS.sub("", number)):
        raise Undeliverable(f"{number[:80]!r} is not a phone number.")


def one_line(text: str, longest: int) -> str:
    """The text without what could break out of a header: control characters become spaces."""
    shown = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
        for letter in text.translate(_TURNING)
    )
    # "=?" would be read as the beginning of an encoded word.
    line = " ".join(shown.replace("=?", "= ?").split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
