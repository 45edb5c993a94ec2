"""Messages to people: rendered text, address, when, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.people.enums import Channel, Permission
from traboule.apps.people.models import Person
from traboule.core.scope import Scoped


class Message(Scoped):
    """One message to one address. ``key`` (person, event, kind) is unique: nobody is told twice."""

    SEE = Permission.MESSAGES_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="messages")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("address"), max_length=254)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"))
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    reason = models.CharField(_("why"), max_length=40, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(_("to be sent"))
    not_after = models.DateTimeField(_("stale from"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="message_state_is_legal"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="message_by_state_and_due")]

    def __str__(self) -> str:
        return self.key
