"""Who may do what: the table that a data-protection officer reads, and the engine's view of a login."""

from collections.abc import Iterable

from traboule.apps.people.enums import MenteeState, MentorState, Permission, Role
from traboule.core.actors import Grant

_P = Permission

_COORDINATOR = frozenset(
    {
        _P.TODAY_SEE,
        _P.PEOPLE_SEE,
        _P.PEOPLE_WRITE,
        _P.PEOPLE_ARCHIVE,
        _P.PEOPLE_IMPORT,
        _P.PEOPLE_EXPORT,
        _P.NOTES_SEE,
        _P.NOTES_WRITE,
        _P.PEOPLE_MERGE,
        _P.APPLICATIONS_SEE,
        _P.APPLICATIONS_WRITE,
        _P.APPLICATIONS_DECIDE,
        _P.SESSIONS_SEE,
        _P.SESSIONS_WRITE,
        _P.TALKS_SEE,
        _P.TALKS_WRITE,
        _P.ELIGIBILITY_SEE,
        _P.ELIGIBILITY_JUDGE,
        _P.SCREENING_SEE,
        _P.SCREENING_WRITE,
        _P.SCREENING_APPROVE,
        _P.TRAINING_SEE,
        _P.TRAINING_WRITE,
        _P.MESSAGES_SEE,
        _P.MESSAGES_WRITE,
        _P.SITE_WRITE,
        _P.PARTNERS_SEE,
        _P.PARTNERS_WRITE,
        _P.REFERRALS_MAKE,
        _P.TABLE_SEE,
        _P.TABLE_DECIDE,
        _P.PROPOSALS_SEE,
        _P.PROPOSALS_MAKE,
        _P.PROPOSALS_ANSWER,
        _P.PROPOSALS_EXPORT,
        _P.DUOS_SEE,
        _P.DUOS_WRITE,
        _P.EXCHANGE_SEE,
        _P.EXCHANGE_WRITE,
        _P.EXPENSES_SEE,
        _P.EXPENSES_APPROVE,
        _P.OUTCOMES_SEE,
        _P.OUTCOMES_WRITE,
        _P.OUTCOMES_VERIFY,
        _P.TEAM_SEE,
        _P.FIGURES_SEE,
        _P.TABLES_SEE,
        _P.API_SEE,
        _P.OWN_SEE,
    }
)
_DIRECTOR = _COORDINATOR | {
    _P.EXPENSES_PAY,
    _P.EXPENSES_BANK,
    _P.TEAM_INVITE,
    _P.TEAM_GRANT,
    _P.RULES_SET,
    _P.TALKS_SET,
    _P.ELIGIBILITY_SET,
    _P.SENSITIVE_SEE,
    _P.SENSITIVE_WRITE,
    # The named lead of a branch holds these two there as well (support.queries.concerns.as_lead).
    _P.CONCERNS_SEE,
    _P.CONCERNS_WRITE,
    _P.TRAINING_SET,
    _P.TEMPLATES_SET,
    _P.RIGHTS_SEE,
    _P.RIGHTS_ANSWER,
    _P.BRANCHES_CLOSE,
    _P.EVALUATIONS_SEE,
    _P.EVALUATIONS_WRITE,
    _P.REPORTS_ISSUE,
    _P.FAIRNESS_SEE,
    _P.FAIRNESS_WRITE,
    # Tries out in the branch; what is decided needs a role that reaches all branches.
    _P.FIGURES_SET,
    _P.API_SET,
}

# A role is granted only by somebody who holds all that it holds: the sets also say who may grant what.
ROLES: dict[Role, frozenset[Permission]] = {
    Role.MENTOR: frozenset({_P.OWN_SEE}),
    Role.MENTEE: frozenset({_P.OWN_SEE}),
    Role.REFERRER: frozenset({_P.OWN_SEE, _P.REFERRALS_MAKE}),
    Role.COORDINATOR: _COORDINATOR,
    Role.DIRECTOR: _DIRECTOR,
    Role.FUNDER: frozenset({_P.FIGURES_SEE, _P.EVALUATIONS_SEE}),
    # Groups only, never a person; writes plans and results of evaluations and nothing else (ADR 0038).
    Role.EVALUATOR: frozenset(
        {_P.FIGURES_SEE, _P.EVALUATIONS_SEE, _P.EVALUATIONS_WRITE, _P.FAIRNESS_SEE, _P.TABLES_SEE}
    ),
    Role.DPO: frozenset({_P.AUDIT_SEE, _P.PROCESSING_SEE, _P.RIGHTS_SEE, _P.RIGHTS_ANSWER, _P.API_SEE}),
    Role.ADMINISTRATOR: frozenset(Permission),
}

# Roles that open other people's data: a second factor is asked of them.
STAFF_ROLES = frozenset({Role.COORDINATOR, Role.DIRECTOR, Role.DPO, Role.ADMINISTRATOR})

# Roles that read results from outside: no name, no second factor. The team page lists who holds them.
OUTSIDE_ROLES = frozenset({Role.FUNDER, Role.EVALUATOR})


def grant_of(role: str, branch_id: int | None) -> Grant:
    """Return the engine's view of one role in one branch (None: in all)."""
    return Grant(permissions=frozenset(ROLES[Role(role)]), scope=branch_id, role=str(role))


def is_staff(roles: Iterable[str]) -> bool:
    """Say whether any of ``roles`` is a staff role."""
    return not STAFF_ROLES.isdisjoint(Role(role) for role in roles)


def may_grant(held: frozenset[str], role: str) -> bool:
    """Say whether somebody who holds ``held`` may grant ``role``: never more than they hold themselves."""
    return Permission.TEAM_GRANT in held and ROLES[Role(role)] <= held


# From a state to the states that may follow it. Leaving is possible from everywhere, and so is coming back.
MENTOR_MOVES: dict[MentorState, frozenset[MentorState]] = {
    MentorState.NEW: frozenset({MentorState.POOL, MentorState.PAUSED, MentorState.LEFT}),
    MentorState.POOL: frozenset({MentorState.NEW, MentorState.PAUSED, MentorState.LEFT}),
    MentorState.PAUSED: frozenset({MentorState.NEW, MentorState.POOL, MentorState.LEFT}),
    MentorState.LEFT: frozenset({MentorState.NEW, MentorState.POOL}),
}
MENTEE_MOVES: dict[MenteeState, frozenset[MenteeState]] = {
    MenteeState.NEW: frozenset({MenteeState.POOL, MenteeState.PAUSED, MenteeState.LEFT}),
    # Back to new: an acceptance or a refusal that nobody has heard of yet was taken back.
    MenteeState.POOL: frozenset({MenteeState.NEW, MenteeState.MATCHED, MenteeState.PAUSED, MenteeState.LEFT}),
    MenteeState.MATCHED: frozenset({MenteeState.POOL, MenteeState.LEFT}),
    MenteeState.PAUSED: frozenset({MenteeState.POOL, MenteeState.LEFT}),
    MenteeState.LEFT: frozenset({MenteeState.NEW, MenteeState.POOL}),
}

# Intake to match takes 15 days to a month (OECD): two weeks is long, a month is the ceiling.
LONG_WAIT_DAYS = 14
CEILING_DAYS = 30
# A person who says "I can wait until" is shown this many days before.
CANNOT_WAIT_NOTICE_DAYS = 7
