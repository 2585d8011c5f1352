"""The demo's guests: who they are, how often they come, what they like, what they spend."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from regulars.services.samples.common import Record
from regulars.services.samples.demo_calendar import season
from regulars.services.samples.demo_catalog import CENTERS, Center
from regulars.services.samples.demo_records import local

_FIRST = """
Aaliyah Adaeze Adrián Aiko Alejandra Amir Anders Anika Anya Arjun Astrid Ayşe Beatriz Benjamin
Brigid Caleb Camila Carlos Catherine Chidi Chloe Clara Connor Daniela Darius Deepa Diego
Dmitri Ebony Eduardo Eleanor Elif Emeka Emily Esther Fatima Femi Fiona Gabriela George Giulia
Hana Harriet Hiroshi Ibrahim Imani Irina Isabel Jamal Jasmine Jia Joaquín Joseph Julia Kavya
Kenji Khadija Kofi Lars Laila Leilani Liam Linh Lucía Luis Maeve Malik Marco Margaret Marisol
Mateo Maya Mehmet Mina Miriam Monique Naomi Natasha Nia Nikolai Noor Olga Olivia Omar Paloma
Patrick Pauline Pavel Petra Quan Rachel Rahul Rebecca Renée Ricardo Rosa Samira Sasha Sean
Seo-yeon Shanice Sienna Simone Sofia Stefan Susan Tamar Tariq Thabo Thomas Uma Valentina
Victor Wanjiru Wei William Xiomara Yara Yusuf Zainab Zoë
""".split()

_LAST = """
Abubakar Acosta Adler Ahmadi Alvarado Andersson Arslan Bailey Banerjee Barros Bauer Becker
Bello Bennett Bernstein Bianchi Boateng Brennan Brooks Cabrera Campbell Carvalho Castillo Chan
Chaudhry Chen Choi Coleman Cruz Dang Delgado Demir Diallo Dubois Edwards Eriksen Escobar Farah
Ferrari Flores Foster Fraser Fujita García Gill Gomes Goldstein Greene Guerrero Gupta Haddon
Hansen Harper Hassan Hernández Hoang Horvat Hughes Ibarra Ito Ivanov Jackson Jensen Johnson
Kaplan Katz Kaur Kelly Khan Kim Kovač Kowal Kumar Lambert Larsen Lê Levine Li Lopez Mahmoud
Malik Mancini Marchetti Martin Mbeki Mendoza Meyer Mitchell Mohamed Morales Murphy Nair
Nakamura Nguyen Novak Obi O'Brien Ochoa Okoye Olsen Ortega Osman Park Patel Pereira Petrov
Pham Quispe Ramírez Reyes Rossi Russo Sánchez Schneider Shah Silva Singh Suzuki Tran Vargas
Walker Wong Yamada Zielinski
""".split()

_AREAS = "212 646 917 347 718 201 551 732 312 773 872 224 630 708".split()
_FICTIONAL_NUMBERS = 100  # 555-0100 to 555-0199 belong to nobody
_MAIL = ("example.com", "example.org", "example.net")
# (share of guests, days between visits from .. to); none: comes once
_RHYTHMS = ((25, (24, 42)), (34, (85, 170)), (41, None))
_PURSES = (("modest", 28), ("usual", 47), ("generous", 25))


@dataclass(slots=True)
class Guest:
    """A guest and what the salon would remember; the estimates are the generator's own.

    Estimates stay below what the rules give, so that guests rarely ask for more than they have.
    """

    id: str
    name: str
    home: Center
    craft: str
    first_on: date
    email: str | None = None
    phone: str | None = None
    birthday: date | None = None
    anniversary: date | None = None
    rhythm_days: int | None = None
    leaves_on: date | None = None
    purse: str = "usual"
    online: bool = False
    referred_by: str | None = None
    loyalty_opt_in: bool = True
    buys_only: bool = False
    # remembered
    known: bool = False
    status: str | None = None
    signup: tuple[str, datetime] | None = None
    n_visits: int = 0
    spent: list[tuple[date, int]] = field(default_factory=list)
    points: list[tuple[date, int]] = field(default_factory=list)
    gift_cents: int = 0
    series: tuple[str, int] | None = None
    club_day: int | None = None
    treat_on: date | None = None
    qualifying_cents: int = 0
    consumed_cents: int = 0
    unsure: bool = False
    held: str | None = None
    rewards: list[tuple[str, int, date]] = field(default_factory=list)

    def record(self) -> Record:
        record: Record = {"type": "guest", "id": self.id, "name": self.name}
        optional = {
            "email": self.email,
            "phone": self.phone,
            "birthday": self.birthday and self.birthday.isoformat(),
            "anniversary": self.anniversary and self.anniversary.isoformat(),
            "status": self.status,
            "home_center": self.home.id,
            "referred_by": self.referred_by,
        }
        record |= {name: value for name, value in optional.items() if value}
        if self.signup:
            channel, at = self.signup
            record["signup"] = {"channel": channel, "at": local(at, None)}
        return record | ({} if self.loyalty_opt_in else {"loyalty_opt_in": False})

    def spent_since(self, day: date) -> int:
        return sum(cents for on, cents in self.spent if on >= day)

    def points_on(self, day: date) -> int:
        """Points likely still there: those about to lapse are left out."""
        return sum(points for on, points in self.points if day - on < timedelta(days=330))

    def take_points(self, points: int, on: date) -> None:
        self.points.append((on, -points))


def population(rng: Random, n: int, days: Sequence[date], *, taken: set[str]) -> list[Guest]:
    """`n` guests by the day of their first visit, the names in `taken` left out."""
    names = _names(rng, n, taken)
    first_days = sorted(_first_day(rng, days) for _ in range(n))
    people = [
        _guest(rng, nth, name=name, first_on=first_on)
        for nth, (name, first_on) in enumerate(zip(names, first_days, strict=True))
    ]
    for nth, guest in enumerate(people):
        _refer(rng, guest, people[:nth])
        guest.leaves_on = _leaves_on(rng, guest)
    return people


def slug(name: str) -> str:
    """Ann-Marie O'Brien → ann-marie-obrien."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace("'", "").replace(" ", "-")


def _names(rng: Random, n: int, taken: set[str]) -> list[str]:
    pairs = rng.sample(range(len(_FIRST) * len(_LAST)), n + len(taken))
    names = [f"{_FIRST[pair // len(_LAST)]} {_LAST[pair % len(_LAST)]}" for pair in pairs]
    return [name for name in names if slug(name) not in taken][:n]


def _first_day(rng: Random, days: Sequence[date]) -> date:
    """A third were guests before the records begin and come within the first weeks."""
    if rng.random() < 0.34:
        return rng.choice(days[:75])
    # The better of two draws: more come in busy months.
    return max(rng.choice(days[:-10]), rng.choice(days[:-10]), key=season)


def _guest(rng: Random, nth: int, *, name: str, first_on: date) -> Guest:
    home = rng.choices(list(CENTERS.values()), weights=(41, 36, 23))[0]
    rhythm = rng.choices([r for _, r in _RHYTHMS], weights=[share for share, _ in _RHYTHMS])[0]
    online = rng.random() < 0.48
    guest = Guest(
        id=slug(name),
        name=name,
        home=home,
        craft=rng.choices(home.crafts, weights=(70, 30))[0],
        first_on=first_on,
        rhythm_days=rng.randint(*rhythm) if rhythm else None,
        purse=rng.choices([p for p, _ in _PURSES], weights=[share for _, share in _PURSES])[0],
        online=online,
        loyalty_opt_in=rng.random() > 0.02,
    )
    if guest.craft == "photo" and guest.rhythm_days:
        guest.rhythm_days = max(guest.rhythm_days * 3, 120)  # few sit for portraits every month
    guest.buys_only = guest.rhythm_days is None and rng.random() < 0.12
    if online or rng.random() < 0.6:
        guest.email = f"{guest.id.replace('-', '.')}@{rng.choice(_MAIL)}"
    if rng.random() < 0.86:
        guest.phone = _phone(nth)
    _remember_days(rng, guest)
    return guest


def _phone(nth: int) -> str:
    area, number = divmod(nth, _FICTIONAL_NUMBERS)
    return f"+1-{_AREAS[area % len(_AREAS)]}-555-{100 + number:04d}"


def _remember_days(rng: Random, guest: Guest) -> None:
    if rng.random() < 0.62:
        guest.birthday = date(rng.randint(1948, 2006), 1, 1) + timedelta(rng.randrange(365))
    if rng.random() < 0.22:
        guest.anniversary = date(rng.randint(1990, 2023), 1, 1) + timedelta(rng.randrange(365))


def _refer(rng: Random, guest: Guest, earlier: Sequence[Guest]) -> None:
    """Regulars bring friends, to the same center as a rule."""
    friends = [
        g for g in earlier[-400:] if g.home is guest.home and (g.rhythm_days or 999) < 60
    ]
    if friends and rng.random() < 0.17:
        guest.referred_by = rng.choice(friends).id


def _leaves_on(rng: Random, guest: Guest) -> date | None:
    """Some move away; the others are still guests on the last day."""
    if rng.random() < 0.62:
        return None
    return guest.first_on + timedelta(days=rng.randint(90, 540))
