"""Messages to people: rendered text, address, when, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.people.enums import Channel, Permission
from traboule.apps.people.models import Login, Person
from traboule.core.outbox import Outgoing
from traboule.core.scope import Scoped


class Message(Scoped, Outgoing):
    """One message to one address. ``key`` (person, event, kind) is unique: nobody is told twice."""

    SEE = Permission.MESSAGES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="messages")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    key = models.CharField(max_length=400, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"))
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    reason = models.CharField(_("why"), max_length=40, blank=True)
    again = models.BooleanField(_("sent again by hand"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="message_state_is_legal"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENDING) | Q(leased_until__isnull=False),
                name="message_on_its_way_is_leased",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="message_by_state_and_due"),
            models.Index(fields=["branch", "-created_at"], name="message_by_branch_and_day"),
            models.Index(fields=["address", "kind"], name="message_by_address"),
        ]

    def __str__(self) -> str:
        return self.key


class Wording(Scoped):
    """The words of a branch for one kind of message in one language, instead of the text of the house."""

    SEE = Permission.MESSAGES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="wordings")
    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    sms = models.CharField(_("text message"), max_length=480, blank=True)
    changed_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="wordings"
    )
    changed_at = models.DateTimeField()

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["branch", "kind", "language"], name="wording_once_per_language"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"


class Stop(models.Model):
    """Somebody said STOP. Only a digest of the address is kept: it outlives an erasure and names nobody."""

    digest = models.CharField(max_length=64, unique=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    said_at = models.DateTimeField(_("said"))
    by_staff = models.BooleanField(_("written down by the team"), default=False)

    def __str__(self) -> str:
        return f"{self.channel} {self.digest[:8]}"


class NextNews(Scoped):
    """When somebody who waits hears from us next: a promise that the worker keeps."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.PEOPLE_SEE

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="next_news"
    )
    next_on = models.DateField(_("next news"))
    last_on = models.DateField(_("last news"), null=True, blank=True)
    asked_on = models.DateField(_("asked how long they can wait"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = [models.Index(fields=["next_on"], name="news_by_day")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.next_on}"


class Beat(models.Model):
    """When the worker last ran, and how it went."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
