"""Guests told of the rewards of a run, when staff ask for it (rule 10.3)."""

from datetime import datetime

from regulars.services.organizations import Company


def tell_rewards_of_run(company: Company, run: str, *, at: datetime) -> int:
    """Queue an e-mail for every guest of a run, listing all her rewards of it; how many."""
    raise NotImplementedError
