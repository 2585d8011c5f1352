"""How many examples each property is worth."""

from hypothesis import HealthCheck, settings


def examples(share: int) -> settings:
    """`share` of every hundred that the profile asks for: 100, or 5,000 in a long run."""
    return settings(
        max_examples=max(1, settings().max_examples * share // 100),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
