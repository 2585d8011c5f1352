"""What Alder & Rue is: three centers, fourteen staff, and what it sells at which price."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Center:
    """Tax rates are thousandths of a percent: New York taxes services, New Jersey does not."""

    id: str
    name: str
    time_zone: str | None
    crafts: tuple[str, ...]
    service_tax: int
    product_tax: int
    desk: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    kind: str
    name: str
    cents: int
    craft: str  # hair, spa, photo or shop
    minutes: int = 0


HUDSON = Center(
    id="hudson",
    name="Hudson Street",
    time_zone=None,
    crafts=("hair", "photo"),
    service_tax=4_500,
    product_tax=8_875,
    desk=("amina.yusuf", "leo.park", "carmen.ortiz"),
)
HOBOKEN = Center(
    id="hoboken",
    name="Hoboken Spa",
    time_zone=None,
    crafts=("spa", "hair"),
    service_tax=0,
    product_tax=6_625,
    desk=("teresa.malone", "david.osei", "yuki.tanaka"),
)
# An hour behind the others: its days end when theirs are already over.
WICKER = Center(
    id="wicker",
    name="Wicker Park Studio",
    time_zone="America/Chicago",
    crafts=("photo", "hair"),
    service_tax=0,
    product_tax=10_250,
    desk=("marcus.hill", "elena.petrova"),
)
CENTERS = {center.id: center for center in (HUDSON, HOBOKEN, WICKER)}

OWNER = "josephine.rue"
MANAGERS = {"hudson": "samuel.alder", "hoboken": "ingrid.solberg", "wicker": "rafael.lima"}
MARKETING = "nadia.rahman"
ACCOUNTANT = "paul.weiss"
STAFF = (
    *(OWNER, MARKETING, ACCOUNTANT),
    *MANAGERS.values(),
    *(name for center in CENTERS.values() for name in center.desk),
)


@dataclass(frozen=True, slots=True)
class Hands:
    """Somebody who gives services: a column of the appointment book."""

    id: str
    name: str
    center: str
    craft: str


HANDS = (
    Hands("nell.archer", "Nell Archer", "hudson", "hair"),
    Hands("tomas.reyes", "Tomás Reyes", "hudson", "hair"),
    Hands("bianca.moretti", "Bianca Moretti", "hudson", "hair"),
    Hands("jun.watanabe", "Jun Watanabe", "hudson", "photo"),
    Hands("sigrid.dahl", "Sigrid Dahl", "hoboken", "spa"),
    Hands("asha.verma", "Asha Verma", "hoboken", "spa"),
    Hands("colette.marin", "Colette Marin", "hoboken", "spa"),
    Hands("dorian.kessler", "Dorian Kessler", "hoboken", "hair"),
    Hands("imogen.tate", "Imogen Tate", "wicker", "photo"),
    Hands("pavel.novak", "Pavel Novák", "wicker", "photo"),
    Hands("ruby.okonkwo", "Ruby Okonkwo", "wicker", "hair"),
)

STATUSES = {  # id: (name, include in loyalty rewards)
    "regular": ("Regular", True),
    "vip": ("VIP", True),
    "friends": ("Friends and family", False),
    "press": ("Press", False),
}

_SERVICES = (
    Item("cut", "service", "Cut and finish", 78_00, "hair", 60),
    Item("short-cut", "service", "Short cut", 48_00, "hair", 45),
    Item("kids-cut", "service", "Children's cut", 32_00, "hair", 30),
    Item("fringe", "service", "Fringe trim", 18_00, "hair", 15),
    Item("blow-dry", "service", "Blow-dry", 52_00, "hair", 45),
    Item("root-color", "service", "Root color", 95_00, "hair", 90),
    Item("gloss", "service", "Gloss", 45_00, "hair", 30),
    Item("half-highlights", "service", "Half highlights", 145_00, "hair", 120),
    Item("balayage", "service", "Balayage", 225_00, "hair", 180),
    Item("keratin", "service", "Keratin treatment", 260_00, "hair", 180),
    Item("facial", "service", "Classic facial", 120_00, "spa", 60),
    Item("express-facial", "service", "Express facial", 75_00, "spa", 30),
    Item("peel", "service", "Enzyme peel", 140_00, "spa", 45),
    Item("massage-60", "service", "Massage, 60 minutes", 115_00, "spa", 60),
    Item("massage-90", "service", "Massage, 90 minutes", 160_00, "spa", 90),
    Item("hot-stone", "service", "Hot stone massage", 150_00, "spa", 75),
    Item("manicure", "service", "Manicure", 38_00, "spa", 40),
    Item("pedicure", "service", "Pedicure", 58_00, "spa", 50),
    Item("brows", "service", "Brow shape", 28_00, "spa", 20),
    Item("lash-lift", "service", "Lash lift", 92_00, "spa", 60),
    Item("headshot", "service", "Headshot", 165_00, "photo", 45),
    Item("portrait", "service", "Portrait session", 240_00, "photo", 75),
    Item("family-session", "service", "Family session", 320_00, "photo", 90),
    Item("newborn", "service", "Newborn session", 380_00, "photo", 150),
    Item("passport", "service", "Passport pictures", 24_00, "photo", 15),
)
_PRODUCTS = (
    Item("shampoo", "product", "Rosemary shampoo", 28_00, "hair"),
    Item("conditioner", "product", "Rosemary conditioner", 30_00, "hair"),
    Item("hair-oil", "product", "Hair oil", 36_00, "hair"),
    Item("clay", "product", "Styling clay", 24_00, "hair"),
    Item("brush", "product", "Paddle brush", 32_00, "hair"),
    Item("cleanser", "product", "Oat cleanser", 34_00, "spa"),
    Item("serum", "product", "Vitamin C serum", 78_00, "spa"),
    Item("sunscreen", "product", "Daily sunscreen", 38_00, "spa"),
    Item("body-oil", "product", "Fig body oil", 42_00, "spa"),
    Item("candle", "product", "Cedar candle", 46_00, "spa"),
    Item("print", "product", "Framed print", 85_00, "photo"),
    Item("album", "product", "Linen album", 260_00, "photo"),
    Item("cards", "product", "Set of 25 cards", 64_00, "photo"),
)
_OTHERS = (
    Item("spa-day", "day_package", "A day at the spa", 310_00, "spa"),
    Item("massage-series", "series_package", "Five massages", 500_00, "spa"),
    Item("color-series", "series_package", "Six root colors", 480_00, "hair"),
    Item("bridal", "custom_package", "Bridal party", 900_00, "hair"),
    Item("glow-club", "membership", "Glow Club, monthly", 89_00, "spa"),
    Item("gift-50", "gift_card", "Gift card 50", 50_00, "shop"),
    Item("gift-100", "gift_card", "Gift card 100", 100_00, "shop"),
    Item("gift-150", "gift_card", "Gift card 150", 150_00, "shop"),
)
ITEMS = {item.id: item for item in _SERVICES + _PRODUCTS + _OTHERS}

# A series: the service it pays for, and how often.
SERIES = {"massage-series": ("massage-60", 5), "color-series": ("root-color", 6)}
# Members get this once a month.
CLUB_TREAT = "express-facial"

# What guests come for, by craft, and how often (most days belong to cuts and colors).
MENU: dict[str, dict[tuple[str, ...], int]] = {
    "hair": {
        ("cut",): 22,
        ("short-cut",): 20,
        ("cut", "root-color"): 14,
        ("root-color", "gloss"): 8,
        ("root-color",): 8,
        ("blow-dry",): 9,
        ("half-highlights", "blow-dry"): 6,
        ("balayage", "cut"): 4,
        ("kids-cut",): 5,
        ("fringe",): 2,
        ("keratin",): 2,
    },
    "spa": {
        ("facial",): 16,
        ("massage-60",): 20,
        ("massage-90",): 9,
        ("manicure", "pedicure"): 14,
        ("manicure",): 9,
        ("pedicure",): 7,
        ("brows",): 8,
        ("express-facial", "brows"): 7,
        ("hot-stone",): 5,
        ("peel",): 3,
        ("lash-lift",): 5,
    },
    "photo": {
        ("headshot",): 24,
        ("portrait",): 20,
        ("family-session",): 22,
        ("newborn",): 8,
        ("passport",): 16,
    },
}


def retail(craft: str) -> list[Item]:
    """The shelf beside that chair."""
    return [item for item in _PRODUCTS if item.craft == craft]
