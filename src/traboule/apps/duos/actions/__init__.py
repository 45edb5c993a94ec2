"""What changes a duo, and what its two people do."""

from traboule.apps.duos.actions.duos import (
    MenteeAlreadyInDuo,
    NoCapacity,
    PlaceTaken,
    SomebodyWasFaster,
    WrongDates,
    close_duo,
    extend_duo,
    free_place,
    hold_people,
    pause_duo,
    resume_duo,
    start_duo,
    take_place,
)
from traboule.apps.duos.actions.errors_meetings import (
    DuoRests,
    MeetingMoved,
    NotAhead,
    NothingSaid,
    OutsideDuo,
    UnknownCode,
)
from traboule.apps.duos.actions.handing_over import CannotFollow, hand_over_duos
from traboule.apps.duos.actions.logs import Said, correct_log, log_meeting, log_unplanned, settle_meeting
from traboule.apps.duos.actions.meetings import cancel_meeting, move_meeting, plan_meeting, wish_reminder
from traboule.apps.duos.actions.rhythms import set_rhythm

__all__ = [
    "CannotFollow",
    "DuoRests",
    "MeetingMoved",
    "MenteeAlreadyInDuo",
    "NoCapacity",
    "NotAhead",
    "NothingSaid",
    "OutsideDuo",
    "PlaceTaken",
    "Said",
    "SomebodyWasFaster",
    "UnknownCode",
    "WrongDates",
    "cancel_meeting",
    "close_duo",
    "correct_log",
    "extend_duo",
    "free_place",
    "hand_over_duos",
    "hold_people",
    "log_meeting",
    "log_unplanned",
    "move_meeting",
    "pause_duo",
    "plan_meeting",
    "resume_duo",
    "set_rhythm",
    "settle_meeting",
    "start_duo",
    "take_place",
    "wish_reminder",
]
