"""Where an application stands, and what somebody agreed to, as the person reads it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.queries.standing import Standing, standing
from traboule.apps.people.enums import ConsentPurpose

# What the person reads, and what comes next.
SAYS: dict[Standing, tuple[Promise, Promise | str]] = {
    Standing.WRITING: (_("Your application is not sent yet."), ""),
    Standing.WE_CALL: (_("We have your application."), _("Somebody of the team contacts you for a talk.")),
    Standing.TALK_SOON: (_("We have a date to talk."), _("The message about it says where and when.")),
    Standing.WE_THINK: (_("We have talked."), _("The team thinks about the next step with you in mind.")),
    Standing.WELCOME: (_("You are part of the programme."), _("The team tells you about each next step.")),
    Standing.LATER: (_("Not now, perhaps later."), _("We look at it again and write to you.")),
    Standing.ANSWERED: (_("We have written to you."), _("Do you have a question? Ask the team.")),
    Standing.STOPPED: (_("Your application has stopped."), _("You may come back whenever you like.")),
}
SENTENCES: dict[str, Promise] = {
    ConsentPurpose.PROGRAMME: _("The team keeps my answers to find somebody for me."),
    ConsentPurpose.SHARING: _("The team shows my first name, work and languages to a possible duo."),
    ConsentPurpose.REFERRER_NEWS: _("The adviser who sent me knows what becomes of it."),
    ConsentPurpose.STATISTICS: _("My answers count in figures, without my name."),
    ConsentPurpose.ALUMNI: _("After the programme the team may write to me and invite me."),
}


def said_of(application: Any) -> tuple[Promise | str, Promise | str]:
    """Return what is said of an application and what comes next; nothing without one."""
    return SAYS[standing(application)] if application is not None else ("", "")
