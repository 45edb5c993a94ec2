"""Where a mentee stands, in their own words: the steps done, the one that is now, those to come."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from traboule.apps.applications.queries.where import Stage


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of the path."""

    text: str
    done: bool
    here: bool


def headline(stage: Stage) -> str:
    """Return the one sentence that says where a mentee is."""
    return {
        Stage.WROTE: _("You have begun to write to us."),
        Stage.TALK: _("We have your application. Next, we talk."),
        Stage.ANSWER: _("We are preparing our answer."),
        Stage.TRAINING: _("We are preparing what comes next."),
        Stage.SEARCH: _("We are looking for a mentor for you."),
        Stage.TOGETHER: _("You have a mentor."),
        Stage.BREAK: _("You are taking a break."),
        Stage.ASIDE: _("Nothing is open between us now."),
    }[stage]


def steps(stage: Stage) -> list[PathStep]:
    """Return the steps of a mentee; none if the path has stopped."""
    return walked(
        stage,
        (
            (Stage.WROTE, _("You wrote to us"), _("You write to us")),
            (Stage.TALK, _("We talked"), _("We talk together")),
            (Stage.ANSWER, _("You heard our answer"), _("You hear our answer")),
            (Stage.SEARCH, _("We found a mentor"), _("We look for a mentor")),
            (Stage.TOGETHER, _("You met"), _("You meet, every week")),
        ),
    )


def walked(stage: Stage, path: tuple[tuple[Stage, str, str], ...]) -> list[PathStep]:
    """Mark the steps before ``stage`` as done; each has its words for done and for not yet."""
    order = [step for step, _done, _next in path]
    if stage not in order:
        return []
    now = order.index(stage)
    return [
        PathStep(done if at < now else coming, at < now, at == now)
        for at, (_step, done, coming) in enumerate(path)
    ]
