"""What a row of each kind of file may say, and what other systems call it.

The tables are data: a header is compared without case, accents, spaces and signs. A word of
`WORDS` is what a cell may hold where the contract has a list of its own.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

KINDS = ("guests", "invoices", "appointments", "balances")

LONGEST_HEADER = 200
"""In characters: a longer cell is the name of no column."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `form` is text, list (ids between semicolons), email, phone, day, instant,
    time, money, number, or the name of a table of `WORDS`.
    """

    name: str
    form: str
    headers: tuple[str, ...]
    is_required: bool = False


def _field(name: str, form: str, headers: str, *, required: bool = False) -> Field:
    names = [one.strip() for one in headers.split("|") if one.strip()]
    return Field(name, form, (name, *names), required)


_GUEST_HEADERS = (
    "guest id | guest code | client id | customer id | client number | customer number"
    " | client | customer | guest | member id | patron id | Kundennummer | Kunden-Nr | KundenNr"
    " | Kunde | Kunden-ID | Mitgliedsnummer | Gastnummer | Gast | Gast-ID"
)
_CENTER = (
    "center | center code | center id | location | location id | branch | branch id | shop"
    " | store | site | business | outlet | Filiale | Standort | Salon | Studio"
)
_STAFF = "employee id | provider id | stylist id | therapist id | Mitarbeiternummer"

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "guests": (
        _field("id", "text", f"{_GUEST_HEADERS} | reference id | external id | id | mb id"),
        _field(
            "name", "text", "full name | client name | customer name | guest name | Kundenname"
        ),
        _field(
            "first_name",
            "text",
            "first | given name | firstname | forename | Vorname | Rufname",
        ),
        _field("last_name", "text", "last | surname | family name | Nachname | Familienname"),
        _field(
            "email", "email", "e-mail | email address | e-mail address | mail | E-Mail-Adresse"
        ),
        _field(
            "phone",
            "phone",
            "mobile | mobile phone | mobile number | cell | cell phone | phone number"
            " | telephone"
            " | contact number | tel | Telefon | Telefonnummer | Handy | Handynummer | Mobil"
            " | Mobiltelefon | Mobilnummer",
        ),
        _field(
            "birthday",
            "day",
            "date of birth | dob | birth date | birthdate | Geburtsdatum | Geburtstag"
            " | geb. am",
        ),
        _field("anniversary", "day", "anniversary date | wedding anniversary | Hochzeitstag"),
        _field(
            "status", "text", "client status | guest status | client category | Kundenstatus"
        ),
        _field("home_center", "text", f"base center | home location | home branch | {_CENTER}"),
        _field(
            "referred_by", "text", "referrer | referrer id | referred by id | Empfohlen von"
        ),
        _field(
            "loyalty_opt_in",
            "yes_no",
            "opt in | loyalty | loyalty program | loyalty member | Treueprogramm"
            " | Bonusprogramm",
        ),
        _field("signup_at", "instant", "signed up | signup date | registered online at"),
        _field("signup_channel", "booking_channel", "signup source | registered through"),
    ),
    "invoices": (
        _field(
            "invoice",
            "text",
            "invoice id | invoice no | invoice number | sale id | sale no"
            " | sale number | bill no"
            " | receipt | receipt no | receipt number | order | order id | order number"
            " | transaction id | transaction number | checkout id | ticket | ref # | Rechnung"
            " | Rechnungsnummer | Rechnungs-Nr | Belegnummer | Beleg-Nr | Bonnummer | Auftrag",
            required=True,
        ),
        _field("guest", "text", _GUEST_HEADERS),
        _field("center", "text", _CENTER),
        _field(
            "opened_at",
            "instant",
            "invoice date | sale date | date | created at | created | order date"
            " | checkout date"
            " | transaction date | Datum | Rechnungsdatum | Belegdatum | Verkaufsdatum",
        ),
        _field("opened_time", "time", "time | sale time | Uhrzeit | Zeit"),
        _field("closed_at", "instant", "closed | closed date | closed on | completed at"),
        _field(
            "status",
            "invoice_status",
            "invoice status | sale status | financial status | order status | Rechnungsstatus",
        ),
        _field(
            "line", "text", "line id | line no | item line id | line item id | Position | Pos"
        ),
        _field("item", "text", "item id | item code | sku | product code | Artikelnummer"),
        _field(
            "kind",
            "line_kind",
            "item type | line type | sale type | category type | lineitem type | type | Art"
            " | Warengruppe | Typ",
        ),
        _field("appointment", "text", "appointment id | booking id | visit id | Terminnummer"),
        _field("staff_id", "text", _STAFF),
        _field("quantity", "number", "qty | lineitem quantity | Menge | Anzahl"),
        _field("unit_price", "money", "unit price | item price | lineitem price | Einzelpreis"),
        _field(
            "price",
            "money",
            "gross sales | gross amount | list price | full price | subtotal | sub total"
            " | sale price | Preis | Betrag | Positionspreis",
        ),
        _field(
            "discount",
            "money",
            "discounts | discount amount | lineitem discount | Rabatt | Nachlass",
        ),
        _field(
            "tax", "money", "taxes | tax amount | sales tax | vat | gst | MwSt | USt | Steuer"
        ),
        _field(
            "total",
            "money",
            "total amount | grand total | line total | net total | total sales"
            " | total collected"
            " | Gesamt | Gesamtbetrag | Summe | Brutto | Bruttobetrag",
        ),
        _field("payment", "text", "payment id | payment no | Zahlungsnummer"),
        _field(
            "tender",
            "tender",
            "payment method | payment type | payment mode | paid by | tender type | method"
            " | Zahlungsart | Zahlungsmethode | Zahlungsmittel | Zahlart | bezahlt mit",
        ),
        _field(
            "amount",
            "money",
            "payment amount | amount paid | paid amount | paid | collected | Zahlbetrag"
            " | Zahlung | bezahlt | gezahlt",
        ),
        _field(
            "paid_at",
            "instant",
            "payment date | paid on | paid date | date paid | Zahlungsdatum | Zahldatum",
        ),
        _field("refund_of", "text", "refunded payment | original payment"),
        _field("refunded_line", "text", "refunded line"),
        _field("paid_cash", "money", "cash | cash amount | Bar | Barzahlung"),
        _field(
            "paid_card",
            "money",
            "card | credit card | card amount | credit/debit | EC | EC-Karte | Karte"
            " | Kartenzahlung",
        ),
        _field("paid_check", "money", "check | cheque"),
        _field("paid_custom", "money", "custom | other payment | other tender | Sonstige"),
        _field(
            "paid_gift_card",
            "money",
            "gift card | gift cards | gift card redemption | voucher | Gutschein",
        ),
        _field("paid_prepaid_card", "money", "prepaid card | prepaid | account credit"),
    ),
    "appointments": (
        _field(
            "id",
            "text",
            "appointment id | appointment no | appointment number | booking id | booking no"
            " | booking reference | visit id | appt. ref. | Terminnummer | Termin-Nr"
            " | Termin-ID",
            required=True,
        ),
        _field("guest", "text", _GUEST_HEADERS, required=True),
        _field("center", "text", _CENTER),
        _field(
            "booked_at",
            "instant",
            "booked on | booked | booking date | created | created at | created on"
            " | created date"
            " | gebucht am | Buchungsdatum | erstellt am",
        ),
        _field(
            "starts_at",
            "instant",
            "appointment date | scheduled date | scheduled on | start | start date"
            " | date | starts"
            " | start time | start at | Termin | Termindatum | Datum | Beginn",
            required=True,
        ),
        _field("starts_time", "time", "time | appointment time | Uhrzeit | Zeit"),
        _field(
            "channel",
            "booking_channel",
            "booking channel | source | booking source | booked through | booked via | Quelle"
            " | gebucht über | Buchungsweg",
        ),
        _field(
            "status", "appointment_status", "appointment status | booking status | Terminstatus"
        ),
        _field("invoice", "text", "invoice id | invoice no | sale id | Rechnungsnummer"),
        _field("staff_id", "text", _STAFF),
        _field("service_ids", "list", "item ids | Artikelnummern"),
        _field("minutes", "number", "duration in minutes | Dauer in Minuten"),
        _field("note", "text", "notes | appointment notes | Notiz | Terminnotiz"),
    ),
    "balances": (
        _field("guest", "text", f"{_GUEST_HEADERS} | external id", required=True),
        _field(
            "points",
            "number",
            "point balance | points balance | balance | loyalty points | points remaining"
            " | reward points | available points | Punkte | Punktestand | Bonuspunkte"
            " | Restpunkte",
            required=True,
        ),
        _field(
            "earned_on",
            "day",
            "earned | earned at | date earned | accrued on | accrual date | issued on"
            " | gesammelt am | erworben am",
        ),
        _field(
            "expires_on",
            "day",
            "expires | expiry | expiry date | expiration date | expires at | valid until"
            " | gültig bis | verfällt am | Verfallsdatum | Ablaufdatum",
        ),
        _field("tier", "text", "level | loyalty tier | loyalty level | Stufe"),
        _field("id", "text", "lot | lot id | balance id"),
        _field("comment", "text", "note | notes | Bemerkung | Notiz"),
    ),
}

_WORDS: Mapping[str, Mapping[str, str]] = {
    "yes_no": {
        "yes": "yes | y | true | 1 | x | ja | j | wahr | active | aktiv | opted in",
        "no": "no | n | false | 0 | nein | falsch | inactive | inaktiv | opted out",
    },
    "invoice_status": {
        "closed": "closed | paid | completed | complete | finalized | fulfilled"
        " | sale | refunded"
        " | partially refunded | abgeschlossen | bezahlt | beglichen | erledigt",
        "open": "open | unpaid | pending | part paid | partially paid | draft | offen"
        " | unbezahlt",
        "void": "void | voided | cancelled | canceled | storniert | Storno",
    },
    "appointment_status": {
        "booked": "booked | new | scheduled | pending | gebucht | neu | angefragt | geplant",
        "confirmed": "confirmed | bestätigt",
        "checked_in": "checked in | arrived | started | in progress | eingecheckt | da",
        "completed": "completed | closed | done | fulfilled | complete | checked out"
        " | erschienen | abgeschlossen | erledigt | wahrgenommen",
        "cancelled": "cancelled | canceled | late cancel | storniert | abgesagt",
        "no_show": "no show | noshow | nicht erschienen",
    },
    "booking_channel": {
        "desk": "desk | front desk | in person | phone | offline | calendar | walk in | telefon"
        " | Empfang | Rezeption | vor Ort | persönlich",
        "webstore": "webstore | web | online | website | online booking | widget | book online"
        " | marketplace",
        "mobile_app": "mobile app | app | mobile | ios | android | handy app",
    },
    "line_kind": {
        "service": "service | services | treatment | class | appointment | Dienstleistung"
        " | Behandlung | Leistung",
        "product": "product | products | retail | item | goods | Produkt | Artikel | Ware",
        "day_package": "day package | day packages | Tagespaket",
        "series_package": "series package | package | packages | series | course | Paket"
        " | Abo-Karte | Serie",
        "custom_package": "custom package | bundle",
        "membership": "membership | memberships | contract | Mitgliedschaft | Abo",
        "gift_card": "gift card | gift cards | gift voucher | voucher | Gutschein",
        "prepaid_card": "prepaid card | prepaid | account top up | Guthaben | Guthabenkarte",
        "tip": "tip | tips | gratuity | Trinkgeld",
    },
    "tender": {
        "cash": "cash | bar | Bargeld | Barzahlung",
        "card": "card | credit card | debit card | credit/debit | visa | mastercard | amex"
        " | american express | discover | eftpos | stripe | square | shopify payments | paypal"
        " | apple pay | google pay | card present | EC | EC-Karte | Girocard | Karte"
        " | Kreditkarte | Kartenzahlung",
        "check": "check | cheque | Scheck",
        "custom": "custom | other | bank transfer | transfer | Überweisung | Sonstige",
        "gift_card": "gift card | giftcard | gift voucher | voucher | Gutschein"
        " | Geschenkkarte",
        "prepaid_card": "prepaid card | prepaid | account | client account | deposit"
        " | Guthaben",
        "package_credit": "package credit | package | series redemption | Paket",
        "membership_credit": "membership credit | membership | Mitgliedschaft",
    },
}


def plain(text: str) -> str:
    """Letters and digits alone, without case and accents: "E-Mail Adresse" is emailadresse."""
    return "".join(words_of(text))


def words_of(text: str) -> list[str]:
    """The plain words of a header: camel case and underscores part them too."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("ß", "ss"))
    bare = unicodedata.normalize("NFKD", parted).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", bare)


@lru_cache(maxsize=8)
def by_header(kind: str) -> Mapping[str, Field]:
    """The field that a header names outright, by the header's plain letters."""
    found: dict[str, Field] = {}
    for field in FIELDS[kind]:
        for header in field.headers:
            found.setdefault(plain(header), field)
    return found


@lru_cache(maxsize=8)
def by_name(kind: str) -> Mapping[str, Field]:
    return {field.name: field for field in FIELDS[kind]}


def is_known_header(cell: str) -> bool:
    """Whether some kind of file has a column of this name."""
    if not cell or len(cell) > LONGEST_HEADER:
        return False
    header = plain(cell)
    return any(header in by_header(kind) for kind in KINDS)


def _word_table(words: Mapping[str, str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for meaning, said in words.items():
        for one in (meaning, *said.split("|")):
            found.setdefault(plain(one), meaning)
    return found


WORDS: Mapping[str, Mapping[str, str]] = {
    form: _word_table(words) for form, words in _WORDS.items()
}
"""By form, what a plain word of a cell means."""
