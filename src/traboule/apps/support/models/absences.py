"""Who is away from when to when, who stands in meanwhile, and who asks the team for advice."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Part, Permission, Side
from traboule.apps.people.models import Login, Person
from traboule.apps.support.enums import AdviceTopic, EndReason
from traboule.core.scope import Scoped


class Absence(Scoped):
    """A mentor or a mentee is away, both days included; nobody asks why. `back_on`: came back before."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.DUOS_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField(_("away from"))
    until_on = models.DateField(_("away until"))
    said_at = models.DateTimeField(_("said"))
    said_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    back_on = models.DateField(_("back on"), null=True, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["from_on", "pk"]
        indexes = [models.Index(fields=["person", "until_on"], name="absence_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="absence_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"

    @property
    def days(self) -> int:
        """How many days it lasts, the first and the last included."""
        return (self.until_on - self.from_on).days + 1


class Substitution(Scoped):
    """Another mentor stands in for the mentor of a duo; the right to the duo's page ends with it."""

    SCOPE_PATH = "duo__branch_id"
    SEE = Permission.DUOS_SEE

    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="substitutions")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutions")
    absence = models.ForeignKey(
        Absence, null=True, blank=True, on_delete=models.SET_NULL, related_name="substitutions"
    )
    from_on = models.DateField(_("stands in from"))
    until_on = models.DateField(_("stands in until"))
    arranged_at = models.DateTimeField(_("arranged"))
    arranged_by = models.ForeignKey(Login, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=10, choices=EndReason, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="substitution_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=EndReason.values),
                name="substitution_ended_says_why",
            ),
            # One for July and one for August may both be arranged; that no two share a day is asked under the
            # lock of the duo (actions.substitutions).
            models.UniqueConstraint(
                fields=["duo", "from_on"], condition=Q(ended_at=None), name="one_open_substitution_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"substitution {self.pk}"


class AdviceCall(Scoped):
    """Somebody asks the team for advice and is called back; the other side never sees it."""

    SEE = Permission.DUOS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="advice_calls")
    duo = models.ForeignKey(Duo, on_delete=models.CASCADE, related_name="advice_calls")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="advice_calls")
    side = models.CharField(_("as"), max_length=10, choices=Side)
    topic = models.CharField(_("topic"), max_length=20, choices=AdviceTopic)
    question = models.TextField(_("question"), max_length=2_000, blank=True)
    wanted_on = models.DateField(_("wishes a call on"))
    part = models.PositiveSmallIntegerField(_("time of day"), choices=Part)
    asked_at = models.DateTimeField(_("asked"))
    due_on = models.DateField(_("call by"))
    answer = models.TextField(_("answer"), max_length=4_000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Login, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=AdviceTopic.values), name="advice_topic_is_legal"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="advice_part_is_legal"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="advice_side_is_legal"),
        ]

    def __str__(self) -> str:
        return f"advice {self.pk}"
