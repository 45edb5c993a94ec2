"""Founding an organisation, opening its branches, writing down its places."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from traboule.apps.branches.models import SET_PLACES, Branch, Organisation, ProgrammeVersion, Room, Venue
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.scope import locked
from traboule.reference import places

SET_BRANCHES = "branches.set"


class AlreadyFounded(Exception):
    """An organisation exists here already: one installation serves one association."""


class BranchNameTaken(ValueError):
    """Another branch has this name or this short name."""


class PlaceNameTaken(ValueError):
    """Another place of this branch, or another room of this place, has this name."""


VENUE_KEYS = ("name", "address", "postcode", "commune_code", "access_notes", "step_free", "is_active")
ROOM_KEYS = ("name", "capacity", "access_notes", "is_active")


@transaction.atomic
def found_organisation(*, name: str, valid_from: date, by: Actor, now: datetime) -> Organisation:
    """Create the organisation and the first version of its programme (26 weeks, 2 hours a week)."""
    authorise(by, SET_BRANCHES, None)
    if Organisation.objects.exists():
        raise AlreadyFounded
    organisation = Organisation.objects.create(name=name.strip(), created_at=now)
    ProgrammeVersion.objects.create(organisation=organisation, label="1", valid_from=valid_from)
    audit.record(
        by=by,
        now=now,
        branch_id=None,
        verb="organisation.founded",
        subject_type="organisation",
        subject_id=organisation.pk,
        facts={"valid_from": valid_from},
    )
    return organisation


@transaction.atomic
def open_branch(
    *,
    organisation: Organisation,
    name: str,
    by: Actor,
    now: datetime,
    country: str = "FR",
    postcode: str = "",
    commune_code: str = "",
    timezone: str = "Europe/Paris",
) -> Branch:
    """Open a branch; its short name for addresses is made from its name."""
    authorise(by, SET_BRANCHES, None)
    slug = slugify(name)[:40]
    if not slug or Branch.objects.filter(slug=slug).exists():
        raise BranchNameTaken(name)
    branch = Branch.objects.create(
        organisation=organisation,
        name=name.strip(),
        slug=slug,
        country=country,
        postcode=postcode,
        commune_code=commune_code,
        timezone=timezone,
    )
    audit.record(
        by=by,
        now=now,
        branch_id=branch.pk,
        verb="branch.opened",
        subject_type="branch",
        subject_id=branch.pk,
        facts={"slug": slug, "country": country},
    )
    return branch


@transaction.atomic
def add_venue(*, branch: Branch, fields: Mapping[str, Any], by: Actor, now: datetime) -> Venue:
    """Write a place down; ``fields`` are VENUE_KEYS. Raises PlaceNameTaken; NotVisible or NotAllowed."""
    authorise(by, SET_PLACES, branch.pk)
    venue = Venue(branch=branch)
    _fill_venue(venue, fields)
    venue.save(force_insert=True)
    _record_place("venue.added", "venue", venue.pk, branch.pk, sorted(fields), by, now)
    return venue


@transaction.atomic
def change_venue(*, venue: Venue, fields: Mapping[str, Any], by: Actor, now: datetime) -> Venue:
    """Correct a place, or put it out of use. Raises PlaceNameTaken; NotVisible or NotAllowed."""
    authorise(by, SET_PLACES, venue.branch_id)
    venue = locked(venue)
    _fill_venue(venue, fields)
    venue.save()
    _record_place("venue.changed", "venue", venue.pk, venue.branch_id, sorted(fields), by, now)
    return venue


@transaction.atomic
def add_room(*, venue: Venue, fields: Mapping[str, Any], by: Actor, now: datetime) -> Room:
    """Add a room; ``fields`` are ROOM_KEYS. Raises PlaceNameTaken; NotVisible or NotAllowed."""
    authorise(by, SET_PLACES, venue.branch_id)
    room = Room(venue=venue)
    _fill_room(room, fields)
    room.save(force_insert=True)
    _record_place("room.added", "room", room.pk, venue.branch_id, sorted(fields), by, now)
    return room


@transaction.atomic
def change_room(*, room: Room, fields: Mapping[str, Any], by: Actor, now: datetime) -> Room:
    """Correct a room, or put it out of use. Raises PlaceNameTaken; NotVisible or NotAllowed."""
    authorise(by, SET_PLACES, room.venue.branch_id)
    room = locked(room)
    _fill_room(room, fields)
    room.save()
    _record_place("room.changed", "room", room.pk, room.venue.branch_id, sorted(fields), by, now)
    return room


def _fill_venue(venue: Venue, fields: Mapping[str, Any]) -> None:
    for name in VENUE_KEYS:
        if name in fields:
            setattr(venue, name, fields[name])
    same = Venue.everywhere.filter(branch_id=venue.branch_id, name=venue.name)
    if same.exclude(pk=venue.pk).exists():
        raise PlaceNameTaken(venue.name)
    found = places.locate(venue.postcode or None, venue.branch.country, venue.commune_code or None)
    if found is None:
        venue.latitude = venue.longitude = None
        venue.commune_name = ""
        return
    commune = found if isinstance(found, places.Commune) else found.communes[0]
    venue.latitude, venue.longitude = found.lat, found.lon
    venue.place_estimated = True  # the middle of the commune, not the house
    venue.commune_name = commune.name


def _fill_room(room: Room, fields: Mapping[str, Any]) -> None:
    for name in ROOM_KEYS:
        if name in fields:
            setattr(room, name, fields[name])
    if Room.everywhere.filter(venue_id=room.venue_id, name=room.name).exclude(pk=room.pk).exists():
        raise PlaceNameTaken(room.name)


def _record_place(
    verb: str, kind: str, pk: int, branch_id: int, names: list[str], by: Actor, now: datetime
) -> None:
    audit.record(
        by=by,
        now=now,
        branch_id=branch_id,
        verb=verb,
        subject_type=kind,
        subject_id=pk,
        facts={"fields": names},
    )
