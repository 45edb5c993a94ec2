"""The plan of a mentee. It belongs to the person, not to a duo: a change of mentor changes nothing in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.duos.plan_enums import GoalKind, GoalState, PointState, Taken
from traboule.apps.duos.plan_shipped import BY_KIND, DAYS_BETWEEN, step_of
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.scope import Scoped

WORDS = 200


class OfMentee(Scoped):
    """Rows of a plan: they lie in the branch of their person."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.DUOS_SEE

    class Meta:
        abstract = True
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"


class PlanChoice(OfMentee):
    """What the mentee shows to her mentor, and her private note. No row: what is shown by default."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="plan_choice")
    shows_goals = models.BooleanField(_("goals are shown to the mentor"), default=True)
    shows_applications = models.BooleanField(_("applications are shown to the mentor"), default=True)
    shows_jobs = models.BooleanField(_("short jobs are shown to the mentor"), default=True)
    shows_note = models.BooleanField(_("the note is shown to the mentor"), default=False)
    note = models.TextField(_("private note"), max_length=2000, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    def __str__(self) -> str:
        return f"plan of {self.person_id}"


class Goal(OfMentee):
    """What the mentee wants. A shipped goal without own words is said in each reader's language."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="goals")
    kind = models.CharField(_("kind"), max_length=20, choices=GoalKind)
    words = models.CharField(_("own words"), max_length=WORDS, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=GoalState, default=GoalState.OPEN)
    added_at = models.DateTimeField(_("added at"))
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta(OfMentee.Meta):
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=GoalKind.values), name="goal_kind_is_legal"),
            models.CheckConstraint(condition=~Q(kind=GoalKind.OWN, words=""), name="own_goal_has_words"),
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN, ended_on__isnull=True)
                | Q(state__in=(GoalState.REACHED, GoalState.DROPPED), ended_on__isnull=False),
                name="ended_goal_says_when",
            ),
        )

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """Own words, else the shipped ones in the reader's language."""
        return self.words or str(GoalKind(self.kind).label)


class Milestone(Scoped):
    """A dated point on the way to a goal."""

    SCOPE_PATH = "goal__person__branch_id"
    SEE = Permission.DUOS_SEE

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="milestones")
    code = models.CharField(max_length=24, blank=True)
    words = models.CharField(_("own words"), max_length=WORDS, blank=True)
    due_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=PointState, default=PointState.OPEN)
    done_on = models.DateField(_("done on"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=("goal", "state", "due_on"), name="milestone_of_goal"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="milestone_state_is_legal"),
            models.CheckConstraint(condition=~Q(code="", words=""), name="milestone_has_words"),
            models.CheckConstraint(
                condition=Q(state=PointState.DONE, done_on__isnull=False)
                | ~Q(state=PointState.DONE) & Q(done_on__isnull=True),
                name="done_milestone_says_when",
            ),
        )

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """Own words, else the shipped ones in the reader's language."""
        return self.words or step_of(self.code) or self.code


class Suggestion(OfMentee):
    """What a mentor suggests: the mentee takes it into her plan or puts it away."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="plan_suggestions")
    suggested_by = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="suggestions", null=True)
    words = models.CharField(_("suggestion"), max_length=WORDS)
    due_on = models.DateField(_("until"), null=True)
    made_at = models.DateTimeField(_("made at"))
    taken = models.CharField(_("answer"), max_length=10, choices=Taken, default=Taken.WAITING)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta(OfMentee.Meta):
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="suggestion_has_words"),
            models.CheckConstraint(
                condition=Q(taken=Taken.WAITING, answered_at__isnull=True)
                | Q(taken__in=(Taken.ACCEPTED, Taken.PUT_AWAY), answered_at__isnull=False),
                name="answered_suggestion_says_when",
            ),
        )

    def __str__(self) -> str:
        return self.words


class PlanTemplate(Scoped):
    """A goal that a branch offers. Without own texts it is said as it ships, in every language."""

    SEE = Permission.DUOS_SEE

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="plan_templates")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=GoalKind)
    title = models.CharField(_("title"), max_length=120, blank=True)
    steps = models.TextField(_("milestones"), max_length=2000, blank=True)
    days = models.PositiveSmallIntegerField(_("days between two milestones"), default=DAYS_BETWEEN)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("branch", "number"), name="plan_template_number_once"),
            models.CheckConstraint(condition=Q(kind__in=GoalKind.values), name="plan_template_kind_is_legal"),
            models.CheckConstraint(
                condition=~Q(kind=GoalKind.OWN, title=""), name="own_template_has_a_title"
            ),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=180), name="plan_template_days"),
        )

    def __str__(self) -> str:
        return self.said_title

    @property
    def said_title(self) -> str:
        """The branch's own title, else the shipped one in the reader's language."""
        return self.title or str(GoalKind(self.kind).label)

    @property
    def said_steps(self) -> list[str]:
        """The branch's own milestones, else the shipped ones in the reader's language."""
        own = [line.strip() for line in self.steps.splitlines() if line.strip()]
        shipped = BY_KIND.get(self.kind)
        return own or [str(step) for step in (shipped.steps if shipped else ())]
