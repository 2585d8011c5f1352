"""What reports there are, in a sentence each; nothing here needs a database."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "liability": "What is owed to guests at the end of a day: points by value, and rewards.",
    "points": "Points awarded, redeemed, expired … by tier, center, action, month or day.",
    "expirations": "Points and rewards that expired in a range of days, or will.",
    "reward-activity": "All that happened to rewards: issued, redeemed, void, expired …",
    "rewards-outstanding": "Rewards open at the end of a day: guest, amount, days left.",
    "tier-movements": "Who moved between tiers and why; how many from where to where.",
    "guests": "The guests with rewards, points, tier and status; filtered and sorted.",
}
