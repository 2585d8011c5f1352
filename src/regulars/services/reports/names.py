"""What reports there are, in a sentence each; nothing here needs a database."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "liability": "What is owed to guests at the end of a day: open points at their value, and rewards.",
    "points": "Points awarded, reversed, redeemed, expired … by tier, center, action, month or day.",
    "expirations": "Points and rewards that expired in a range of days, or will: by guest, day or month.",
    "reward-activity": "All that happened to rewards: issued, redeemed, void, expired … and what it leaves.",
    "rewards-outstanding": "The rewards open at the end of a day, with guest, amount and days left.",
    "tier-movements": "Who moved between tiers and why, and how many from where to where.",
    "guests": "The guests with rewards, points, tier and status; filtered and sorted.",
}
