"""What guests are told: templates, who may be told, each message and its fate (rule 12)."""

from django.db import models
from django.db.models import Q

from regulars.records.constraints import foreign_keys
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.models.guests import Guest


class MessageTemplate(OrganizationModel):
    """An organization's own words for one kind, channel and language.

    Where there is none, the words that come with the product are used.
    """

    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    subject = models.TextField(default="")
    body = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200, null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "kind", "channel", "language"],
                name="message_template_words",
            ),
        ]


class MessageSetting(OrganizationModel):
    """Whether a kind is sent through a channel. Occasions before `told_from` are not told: an
    imported past sends nothing.
    """

    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10)
    is_on = models.BooleanField()
    told_from = models.DateField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200, null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("organization"),
            models.UniqueConstraint(
                fields=["organization", "kind", "channel"], name="message_setting_channel"
            ),
        ]


class ContactPreference(OrganizationModel):
    """How a guest may be reached today; `Consent` has how it came to this.

    A consent is null (never asked), given or withdrawn. `…_bounced` is the address that
    failed for good: another one may be tried.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    language = models.CharField(max_length=10, null=True)
    email_consent = models.CharField(max_length=10, null=True)
    sms_consent = models.CharField(max_length=10, null=True)
    email_bounced = models.CharField(max_length=254, null=True)
    sms_bounced = models.CharField(max_length=64, null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "guest"], name="contact_preference_guest"
            ),
        ]


class Consent(OrganizationModel):
    """One change of a guest's consent or language, append-only: who, when, how, why."""

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=200, null=True)
    how = models.CharField(max_length=20)
    note = models.TextField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [*foreign_keys("guest")]
        indexes = [models.Index(fields=["organization", "guest", "id"], name="consent_guest")]


class Message(OrganizationModel):
    """One message to one guest about one occasion, as it was worded when it was made.

    `state` is waiting | sending | sent | withheld | dead; `problem` says why it was withheld,
    or what went wrong last. A worker that died while sending leaves it `sending`.
    """

    guest = OrgForeignKey(Guest, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10)
    occasion = models.CharField(max_length=300)
    language = models.CharField(max_length=10)
    recipient = models.CharField(max_length=254)
    subject = models.TextField(default="")
    body = models.TextField()
    state = models.CharField(max_length=10)
    problem = models.TextField(null=True)
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta(OrganizationModel.Meta):
        constraints = [
            *foreign_keys("guest"),
            models.UniqueConstraint(
                fields=["organization", "guest", "kind", "channel", "occasion"],
                name="message_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "next_try_at", "id"],
                name="message_to_send",
                condition=Q(state__in=["waiting", "sending"]),
            ),
            models.Index(
                fields=["organization", "id"],
                name="message_dead",
                condition=Q(state="dead"),
            ),
            # They are counted without reading their words.
            models.Index(
                fields=["organization", "state", "made_at", "kind", "channel"],
                name="message_counted",
            ),
        ]
