"""Where a mentor stands, in their own words."""

from django.utils.translation import gettext as _

from traboule.apps.applications.queries.where import Stage
from traboule.web.mentee.path import PathStep, walked


def headline(stage: Stage) -> str:
    """Return the one sentence that says where a mentor is."""
    return {
        Stage.WROTE: _("You have begun to write to us."),
        Stage.TALK: _("We have your application. Next, we talk."),
        Stage.ANSWER: _("We are preparing our answer."),
        Stage.TRAINING: _("Your training comes next."),
        Stage.SEARCH: _("We are looking for somebody for you."),
        Stage.TOGETHER: _("You are in a duo."),
        Stage.BREAK: _("You are taking a break."),
        Stage.ASIDE: _("Nothing is open between us now."),
    }[stage]


def steps(stage: Stage) -> list[PathStep]:
    """Return the steps of a mentor; none if the path has stopped."""
    return walked(
        stage,
        (
            (Stage.WROTE, _("You wrote to us"), _("You write to us")),
            (Stage.TALK, _("We talked"), _("We talk together")),
            (Stage.ANSWER, _("You heard our answer"), _("You hear our answer")),
            (Stage.TRAINING, _("You did the training"), _("You do the training")),
            (Stage.SEARCH, _("We found somebody for you"), _("We look for somebody for you")),
            (Stage.TOGETHER, _("You met"), _("You meet, every week")),
        ),
    )
