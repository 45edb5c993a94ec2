"""The file for a calendar, read back by a calendar library: hours, changes, cancellation."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from traboule.web.components.ical import Gathering, calendar_text

PARIS = ZoneInfo("Europe/Paris")


def gathering(local: datetime, **more: Any) -> Gathering:
    starts_at = local.replace(tzinfo=PARIS).astimezone(UTC)
    known: dict[str, Any] = {
        "uid": "c0ffee",
        "sequence": 0,
        "title": "Information session, Lyon",
        "text": "Hello Selam, we look forward; to meeting, you.\nBring nothing.",
        "place": "La Duchère, 25 avenue Rosa Parks, 69009 Lyon",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "timezone": "Europe/Paris",
        "changed_at": datetime(2026, 3, 2, tzinfo=UTC),
        **more,
    }
    return Gathering(**known)


def read(found: Gathering) -> tuple[Any, Any]:
    calendar = Calendar.from_ical(calendar_text(found))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


@pytest.mark.parametrize(
    "local",
    [
        datetime(2026, 3, 28, 18),
        datetime(2026, 3, 29, 10),
        datetime(2026, 3, 30, 10),
        datetime(2026, 10, 24, 18),
        datetime(2026, 10, 25, 10),
        datetime(2026, 10, 26, 10),
    ],
)
def test_the_hour_is_the_same_after_the_round_trip_on_both_sides_of_both_changes(local: datetime) -> None:
    found = gathering(local)
    calendar, event = read(found)
    starts = event["dtstart"].dt
    assert starts == found.starts_at
    assert starts.replace(tzinfo=None) == local
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Paris"
    # What the file itself says of the zone, without our list of zones, gives the same instant.
    assert local.replace(tzinfo=zone.to_tz(lookup_tzid=False)).astimezone(UTC) == found.starts_at


def test_a_change_keeps_the_uid_and_counts_up_and_a_cancelled_date_is_struck_out() -> None:
    first = gathering(datetime(2026, 3, 29, 10))
    later = gathering(datetime(2026, 3, 30, 10), sequence=1)
    gone = gathering(datetime(2026, 3, 30, 10), sequence=2, cancelled=True)
    events = [read(found)[1] for found in (first, later, gone)]
    assert [event["sequence"] for event in events] == [0, 1, 2]
    assert len({str(event["uid"]) for event in events}) == 1
    assert read(first)[0]["method"] == "PUBLISH"
    assert read(gone)[0]["method"] == "CANCEL"
    assert events[2]["status"] == "CANCELLED"


def test_commas_accents_and_lines_survive() -> None:
    found = gathering(datetime(2026, 3, 29, 10))
    event = read(found)[1]
    assert str(event["location"]) == found.place
    assert str(event["description"]) == found.text
