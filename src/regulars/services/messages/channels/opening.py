"""The channels there are, and how one is opened."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils.module_loading import import_string

from regulars.services.messages.channels.channel import Channel
from regulars.services.messages.channels.mailing import EmailChannel
from regulars.services.messages.kinds import EMAIL, SMS


def _sms() -> Channel:
    """The class that the settings name; made anew for each batch."""
    made: Channel = import_string(settings.SMS_BACKEND)()
    return made


CHANNELS: Mapping[str, Callable[[], Channel]] = {EMAIL: EmailChannel, SMS: _sms}
