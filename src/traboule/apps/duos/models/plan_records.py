"""What happens on the way: applications sent, interviews, short jobs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.duos.models.plan import OfMentee
from traboule.apps.duos.plan_enums import Reply, Went
from traboule.apps.people.models import Person

MOST_HOURS = 80
NAME = 120


class JobApplication(OfMentee):
    """An application that the mentee sent, and what came back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="job_applications")
    employer = models.CharField(_("to whom"), max_length=NAME, blank=True)
    rome = models.CharField(_("occupation (ROME)"), max_length=5, blank=True)
    occupation = models.CharField(_("occupation"), max_length=NAME, blank=True)
    sent_on = models.DateField(_("sent on"))
    reply = models.CharField(_("answer"), max_length=10, choices=Reply, default=Reply.WAITING)
    replied_on = models.DateField(_("answered on"), null=True)

    class Meta(OfMentee.Meta):
        ordering = ("-sent_on", "-pk")
        indexes = (models.Index(fields=("person", "sent_on"), name="job_application_of_person"),)
        constraints = (
            models.CheckConstraint(condition=Q(reply__in=Reply.values), name="job_reply_is_legal"),
            models.CheckConstraint(
                condition=~Q(employer="", rome="", occupation=""), name="job_application_says_for_what"
            ),
            models.CheckConstraint(
                # "is not null" is said first: a comparison with NULL is unknown, and an unknown check passes.
                condition=Q(reply=Reply.WAITING, replied_on__isnull=True)
                | ~Q(reply=Reply.WAITING) & Q(replied_on__isnull=False, replied_on__gte=F("sent_on")),
                name="job_reply_comes_after_sending",
            ),
        )

    def __str__(self) -> str:
        return f"application {self.pk}"


class Interview(OfMentee):
    """A job interview. ``sequence`` grows when it is moved: a reminder belongs to one time only."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interviews")
    application = models.ForeignKey(
        JobApplication, on_delete=models.SET_NULL, related_name="interviews", null=True
    )
    employer = models.CharField(_("with whom"), max_length=NAME)
    starts_at = models.DateTimeField(_("starts at"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    sequence = models.PositiveSmallIntegerField(_("times moved"), default=0)
    went = models.CharField(_("how it went"), max_length=10, choices=Went, blank=True)
    added_at = models.DateTimeField(_("added at"))

    class Meta(OfMentee.Meta):
        ordering = ("starts_at", "pk")
        indexes = (models.Index(fields=("person", "starts_at"), name="interview_of_person"),)
        constraints = (
            models.CheckConstraint(condition=Q(went__in=("", *Went.values)), name="interview_went_is_legal"),
            models.CheckConstraint(condition=~Q(employer=""), name="interview_says_with_whom"),
        )

    def __str__(self) -> str:
        return f"interview {self.pk}"


class ShortJob(OfMentee):
    """A short job beside the search: the duo goes on."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="short_jobs")
    work = models.CharField(_("work"), max_length=NAME)
    employer = models.CharField(_("employer"), max_length=NAME, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True)
    hours = models.PositiveSmallIntegerField(_("hours a week"), null=True)

    class Meta(OfMentee.Meta):
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(work=""), name="short_job_says_what"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="short_job_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=1, hours__lte=MOST_HOURS),
                name="short_job_hours_are_possible",
            ),
        )

    def __str__(self) -> str:
        return f"short job {self.pk}"
