"""Documents in and out of text columns: exact, typed, and quick."""

from functools import lru_cache
from typing import Any

import msgspec

from regulars.rules.facts import AwardMemory, Line, Payment, Refund, Standing
from regulars.rules.sentences import plain


class Document(msgspec.Struct, frozen=True, gc=False):
    """What an invoice's `document` column holds."""

    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]


_encoder = msgspec.json.Encoder(enc_hook=plain)
_document = msgspec.json.Decoder(Document)
_memory = msgspec.json.Decoder(AwardMemory)
_standing = msgspec.json.Decoder(Standing)
_anything = msgspec.json.Decoder()


def text_of(value: Any) -> str:
    return _encoder.encode(value).decode()


@lru_cache(maxsize=4096)
def text_of_words(words: tuple[str, ...]) -> str:
    return text_of(words)


def bytes_of(value: Any) -> bytes:
    return _encoder.encode(value)


def document_of(text: str) -> Document:
    return _document.decode(text)


def text_of_memory(memory: AwardMemory) -> str:
    """Empty where nothing was awarded or judged yet."""
    is_blank = not (memory.awards or memory.refunds or memory.given or memory.round)
    return "" if is_blank else text_of(memory)


def memory_of(text: str) -> AwardMemory:
    return _memory.decode(text) if text else AwardMemory()


@lru_cache(maxsize=4096)
def standing_of(text: str) -> Standing:
    """One for all who stood alike: nobody changes it."""
    return _standing.decode(text)


def value_of(text: str) -> Any:
    return _anything.decode(text)
