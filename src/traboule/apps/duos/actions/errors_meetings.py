"""What the actions of meetings refuse; the pages say each in words."""


class DuoRests(Exception):
    """The duo is paused or has ended: nothing new is planned."""


class NotAhead(ValueError):
    """A meeting is planned or moved to a time that has not come yet, and less than a year away."""


class OutsideDuo(ValueError):
    """The day lies before the start of the duo."""


class MeetingMoved(Exception):
    """This meeting was moved to another time; the log belongs to that one."""


class UnknownCode(ValueError):
    """A purpose, a next step or a reason that is none of ours."""


class NothingSaid(Exception):
    """There is no log of this side that could be corrected."""
