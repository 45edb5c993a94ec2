"""The human: who it is, how to reach them, when they are free, what they wish."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Channel, Gender, Level, Permission
from traboule.core.scope import Scoped

ALL_SLOTS = (1 << 21) - 1
SCALE = [MinValueValidator(1), MaxValueValidator(5)]


def _scale(label: Any) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=SCALE)


def _scale_check(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{name: None}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
        name=f"person_{name}_1_to_5",
    )


class Person(Scoped):
    """A mentor, a mentee, or both in turn; belongs to one branch."""

    SEE = Permission.PEOPLE_SEE

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="persons")
    external_id = models.CharField(_("id in your files"), max_length=80, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    contact_language = models.CharField(_("contact language"), max_length=10, default="fr")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    needs_help_reading = models.BooleanField(_("needs help reading"), default=False)
    country = models.CharField(_("country"), max_length=2, default="FR")
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    commune_code = models.CharField(_("commune code"), max_length=10, blank=True)
    commune_name = models.CharField(_("commune"), max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place_estimated = models.BooleanField(_("place estimated"), default=False)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices, blank=True)
    gender_wish = models.CharField(_("wishes to meet"), max_length=1, choices=Gender.choices, blank=True)
    max_km = models.FloatField(_("farthest way, km"), default=15)
    online = models.BooleanField(_("online is fine"), default=False)
    interests = models.JSONField(_("interests"), default=list, blank=True)
    dislikes = models.JSONField(_("dislikes"), default=list, blank=True)
    way_pace = _scale(_("pace"))
    way_directness = _scale(_("directness"))
    way_listening = _scale(_("listening"))
    way_structure = _scale(_("structure"))
    way_humour = _scale(_("humour"))
    slots = models.PositiveIntegerField(_("availability"), default=0)
    search_key = models.CharField(max_length=400, blank=True, editable=False)
    # What people who may be one human have in common (kernel.likeness.keys_of); kept with the search key.
    same_name = models.CharField(max_length=120, blank=True, editable=False)
    same_birth = models.CharField(max_length=10, blank=True, editable=False)
    same_phone = models.CharField(max_length=9, blank=True, editable=False)
    same_email = models.CharField(max_length=254, blank=True, editable=False)
    created_at = models.DateTimeField()
    last_contact_at = models.DateTimeField(_("last contact"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    # Another record of the same human, which stays; this one is hidden (actions.merging).
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_from"
    )

    class Meta:
        verbose_name = _("person")
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "external_id"],
                condition=~Q(external_id=""),
                name="person_file_id_once_per_branch",
            ),
            models.CheckConstraint(
                condition=Q(slots__gte=0, slots__lte=ALL_SLOTS), name="person_slots_in_21_bits"
            ),
            models.CheckConstraint(condition=Q(max_km__gte=0), name="person_max_km_not_negative"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="person_channel_is_known"),
            models.CheckConstraint(
                condition=Q(gender__in=["", *Gender.values]), name="person_gender_is_known"
            ),
            models.CheckConstraint(
                condition=Q(gender_wish__in=["", *Gender.values]), name="person_gender_wish_is_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="person_place_is_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None) | Q(archived_at__gte=F("created_at")),
                name="person_archived_after_created",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (Q(archived_at__isnull=False) & ~Q(merged_into=F("id"))),
                name="person_merged_is_archived",
            ),
            *(
                _scale_check(f"way_{way}")
                for way in ("pace", "directness", "listening", "structure", "humour")
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "archived_at", "last_name"], name="person_by_branch_and_name"),
            models.Index(fields=["branch", "commune_code"], name="person_by_commune"),
            *(
                models.Index(fields=["branch", f"same_{key}"], name=f"person_same_{key}")
                for key in ("name", "birth", "phone", "email")
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """What to call this person on a page: the name, else the id in the files, else the number."""
        return f"{self.first_name} {self.last_name}".strip() or self.external_id or f"#{self.pk}"

    @property
    def way(self) -> tuple[int | None, int | None, int | None, int | None, int | None]:
        """The five scales in the kernel's order: pace, directness, listening, structure, humour."""
        return (self.way_pace, self.way_directness, self.way_listening, self.way_structure, self.way_humour)

    @property
    def is_archived(self) -> bool:
        """Whether this person was put away."""
        return self.archived_at is not None

    def age_on(self, day: date) -> int | None:
        """Return the age in full years on ``day``, or None without a birth date."""
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)


class SpokenLanguage(Scoped):
    """A language that a person speaks, with its CEFR level (A1 = 1 … C2 = 6)."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.PEOPLE_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=10)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        ordering = ["-level", "code"]
        constraints = [
            models.UniqueConstraint(fields=["person", "code"], name="language_once_per_person"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=6), name="language_level_a1_to_c2"),
        ]
        indexes = [models.Index(fields=["code", "level"], name="language_by_code")]

    def __str__(self) -> str:
        return f"{self.code}:{Level(self.level).label}"


class Avoid(Scoped):
    """Two people who should not be put together: family, neighbours, an earlier duo, a wish."""

    SCOPE_PATH = "person__branch_id"
    SEE = Permission.PEOPLE_SEE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="avoids")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="avoided_by")
    # Only what somebody said asks for this pair: it goes with the last wish. No file brought it.
    by_wish = models.BooleanField(default=False)

    class Meta:
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="avoid_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="avoid_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} × {self.other_id}"
