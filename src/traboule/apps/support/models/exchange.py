"""Groups of mentors who meet every two months, their gatherings, who was invited and who came."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch, Room
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Login, Person
from traboule.apps.support.exchange_enums import GatheringAnswer, GatheringPresence
from traboule.core.scope import Scoped


class PeerGroup(Scoped):
    """Mentors who exchange, and the coordinator who brings them together."""

    SEE = Permission.EXCHANGE_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="peer_groups")
    name = models.CharField(_("name"), max_length=80)
    coordinator = models.ForeignKey(
        Login, null=True, on_delete=models.SET_NULL, related_name="peer_groups_led"
    )
    created_at = models.DateTimeField(_("formed"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "name"], condition=Q(closed_at=None), name="peer_group_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="peer_group_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PeerMember(Scoped):
    """A mentor in a group; in one at a time."""

    SCOPE_PATH = "group__branch_id"
    SEE = Permission.EXCHANGE_SEE

    group = models.ForeignKey(PeerGroup, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="peer_memberships")
    since = models.DateTimeField(_("since"))

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["person"], name="peer_member_of_one_group")]

    def __str__(self) -> str:
        return f"member {self.pk}"


class Gathering(Scoped):
    """One meeting of a group. The notes never name a mentee."""

    SCOPE_PATH = "group__branch_id"
    SEE = Permission.EXCHANGE_SEE

    group = models.ForeignKey(PeerGroup, on_delete=models.PROTECT, related_name="gatherings")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="gatherings")
    place = models.CharField(_("place"), max_length=160, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=12)
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    planned_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["group", "starts_at"], name="gathering_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(places__gte=2, places__lte=100), name="gathering_2_to_100_places"
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(place=""), name="gathering_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"gathering {self.pk}"

    @property
    def said_place(self) -> str:
        """Room and street, else what was written."""
        return f"{self.room}, {self.room.venue.full_address}" if self.room else self.place


class GatheringInvitation(Scoped):
    """An invited mentor. ``number`` is the place of whoever comes: two never hold the same one."""

    SCOPE_PATH = "gathering__group__branch_id"
    SEE = Permission.EXCHANGE_SEE

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="gathering_invitations")
    answer = models.CharField(
        _("answer"), max_length=10, choices=GatheringAnswer.choices, default=GatheringAnswer.WAITING
    )
    number = models.PositiveSmallIntegerField(_("place"), null=True)
    invited_at = models.DateTimeField(_("invited"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    presence = models.CharField(_("attendance"), max_length=10, choices=GatheringPresence.choices, blank=True)
    marked_at = models.DateTimeField(_("marked at"), null=True)
    marked_by = models.ForeignKey(Login, null=True, on_delete=models.SET_NULL, related_name="+")
    client_key = models.CharField(max_length=40, blank=True)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        indexes = [models.Index(fields=["person", "presence"], name="gathering_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="gathering_invites_once"),
            models.UniqueConstraint(
                fields=["gathering", "number"], condition=Q(number__isnull=False), name="gathering_place_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="comes", number__isnull=False)
                | (~Q(answer="comes") & Q(number__isnull=True)),
                name="gathering_place_of_who_comes",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=GatheringAnswer.values), name="gathering_answer_is_legal"
            ),
            models.CheckConstraint(
                condition=Q(presence="") | Q(presence__in=GatheringPresence.values, marked_at__isnull=False),
                name="gathering_presence_is_legal",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
