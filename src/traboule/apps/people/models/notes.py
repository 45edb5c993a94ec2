"""What was said and what comes next; what a person agreed to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Channel, ConsentPurpose, NoteKind, Permission, Readers
from traboule.apps.people.models.logins import Login
from traboule.apps.people.models.persons import Person
from traboule.core.scope import Scoped


class Note(Scoped):
    """A call, a visit or a note about a person, with its next step, who owns it and by when."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.NOTES_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="notes_written")
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = models.TextField(_("text"), max_length=10_000)
    readers = models.CharField(
        _("who reads it"), max_length=10, choices=Readers.choices, default=Readers.STAFF
    )
    happened_at = models.DateTimeField(_("when"))
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("by when"), null=True, blank=True)
    step_owner = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps_owned"
    )
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps_done"
    )

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind_is_legal"),
            models.CheckConstraint(condition=Q(readers__in=Readers.values), name="note_readers_are_legal"),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on=None)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="note_next_step_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | (~Q(next_step="") & Q(done_at__gte=F("happened_at"))),
                name="note_step_done_after_it_was_set",
            ),
        ]
        indexes = [
            models.Index(fields=["next_step_on"], condition=Q(done_at=None), name="note_open_steps_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Consent(Scoped):
    """A recorded permission for one purpose."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.PEOPLE_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=10)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    collected_by = models.ForeignKey(
        Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="consents_collected"
    )
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_is_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_one_in_force_per_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
