"""`traboule match MENTORS MENTEES`: from two files of people to an answer."""

import tomllib
from pathlib import Path
from typing import Any

from traboule.cli.answer import Answer, Context, Line, Other
from traboule.cli.decide import settle
from traboule.cli.exits import Exit, end, tell
from traboule.cli.inputs import Inputs
from traboule.kernel.matching.eligibility import why_not
from traboule.kernel.matching.people import PeopleRun, match_people
from traboule.kernel.matching.profiles import Mentee, Mentor, Point
from traboule.kernel.matching.rules import DEFAULT_RULES, TERMS, Rules, RulesError, rules_from_mapping
from traboule.reference import occupations
from traboule.tables.columns import Reading
from traboule.tables.errors import Problem, Severity
from traboule.tables.people import MenteeRow, MentorRow, PersonRow
from traboule.tables.words import fold

DECIMALS = 3  # points are integers in thousandths


def run(mentors: str, mentees: str, rules: str | None, context: Context) -> Answer:
    """Read, decide, solve; ends the command with its exit code and every problem when the input is bad."""
    inputs = Inputs()
    chosen = _rules(rules, inputs)
    mentor_rows, mentee_rows = inputs.people(mentors, mentees, context.as_of)
    decided = inputs.decisions(
        context.decisions,
        mentee_rows.lines if mentee_rows else None,
        mentor_rows.lines if mentor_rows else None,
    )
    if inputs.errors or mentor_rows is None or mentee_rows is None:
        end(Exit.BAD_INPUT, inputs.problems)
    people = (
        [_mentor(row, chosen) for row in mentor_rows.rows],
        [_mentee(row, chosen) for row in mentee_rows.rows],
    )
    by_id = {person.id: person for person in people[0]}, {person.id: person for person in people[1]}
    settled = settle(
        context.decisions or "",
        decided,
        {mentor.id: mentor.capacity for mentor in people[0]},
        lambda mentee, mentor: why_not(by_id[1][mentee], by_id[0][mentor], chosen, context.as_of),
    )
    if settled.contradictions:
        end(Exit.CONTRADICTORY_DECISIONS, [*inputs.problems, *settled.contradictions])
    outcome = match_people(
        *people, rules=chosen, as_of=context.as_of, seed=context.seed,
        sectors=occupations.sectors(), locks=settled.locks, forbids=settled.forbids, progress=context.teller,
    )  # fmt: skip
    tell([*inputs.problems, *_nobody(outcome, mentors, mentees, mentor_rows, mentee_rows)])
    return _answer(outcome, chosen)


def _nobody(
    outcome: PeopleRun,
    mentors: str,
    mentees: str,
    mentor_rows: Reading[MentorRow],
    mentee_rows: Reading[MenteeRow],
) -> list[Problem]:
    """One warning when nobody could be matched at all."""
    for name, rows in ((mentors, mentor_rows.rows), (mentees, mentee_rows.rows)):
        if not rows:
            return [Problem(name, 1, "-", "", "no_rows", (), Severity.WARNING)]
    if not len(outcome.edges.mentee):
        return [Problem(mentees, 1, "-", "", "no_feasible_pair", (), Severity.WARNING)]
    return []


def _answer(outcome: PeopleRun, rules: Rules) -> Answer:
    lines = []
    for row in outcome.proposals:
        worth = {term.code: term.points for term in row.terms}
        lines.append(
            Line(
                mentee=row.mentee,
                mentor=row.mentor or "",
                points=row.points,
                rank=row.rank,
                terms=tuple(worth[code] for code in TERMS) if worth else (),
                others=tuple(
                    Other(choice.mentor, choice.regret, choice.duos_lost) for choice in row.alternatives
                ),
                reason=str(row.reason or ""),
            )
        )
    question = outcome.question
    return Answer(
        plan=outcome.plan,
        lines=lines,
        mentees=[person.id for person in question.mentees],
        mentors=[person.id for person in question.mentors],
        decimals=DECIMALS,
        fixed=True,
        rules_version=rules.version,
        as_of=question.as_of,
        seed=question.seed,
        terms=TERMS,
    )


# --- profiles


def _common(row: PersonRow, rules: Rules) -> dict[str, Any]:
    return {
        "id": row.id,
        "point": Point(row.lat, row.lon, row.estimated),
        "languages": row.languages,
        "slots": row.slots,
        "occupations": row.occupations,
        "branch": fold(row.branch) if row.branch else None,
        "max_km": float(rules.limits.max_km) if row.max_km is None else row.max_km,
        "online": row.online,
        "interests": row.interests,
        "dislikes": row.dislikes,
        "way": row.way,
        "gender": row.gender,
        "gender_wish": row.gender_wish,
        "avoid": row.avoid,
    }


def _mentor(row: MentorRow, rules: Rules) -> Mentor:
    return Mentor(
        **_common(row, rules),
        capacity=row.capacity,
        years_experience=row.years_experience,
        generalist=row.generalist,
        strengths=row.strengths,
        available_from=row.available_from,
        available_until=row.available_until,
        trained=row.trained,
    )


def _mentee(row: MenteeRow, rules: Rules) -> Mentee:
    return Mentee(
        **_common(row, rules), needs=row.needs, waiting_since=row.waiting_since, groups=row.groups,
        can_wait_until=row.can_wait_until,
    )  # fmt: skip


# --- rules


def _rules(name: str | None, inputs: Inputs) -> Rules:
    """The rules of a file, or those that ship; problems are remembered with the line that holds the key."""
    if name is None:
        return DEFAULT_RULES
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
        return rules_from_mapping(tomllib.loads(text))
    except OSError as error:
        inputs.problems.append(_problem(name, 1, "-", "", "unreadable", reason=error.strerror or "error"))
    except UnicodeDecodeError:
        inputs.problems.append(_problem(name, 1, "-", "", "bad_encoding"))
    except tomllib.TOMLDecodeError as error:
        inputs.problems.append(_problem(name, _line_in(str(error)), "-", "", "toml", reason=str(error)))
    except RulesError as error:
        inputs.problems += [
            _problem(name, _line_of(text, found.where), found.where, found.value, f"rules_{found.code}")
            for found in error.problems
        ]
    return DEFAULT_RULES


def _problem(name: str, line: int, column: str, value: str, code: str, **params: str | int) -> Problem:
    return Problem(name, line, column, value, code, tuple(params.items()))


def _line_in(message: str) -> int:
    """tomllib says "(at line 3, column 5)"."""
    _, _, place = message.partition("at line ")
    digits = place.split(",")[0]
    return int(digits) if digits.isdigit() else 1


def _line_of(text: str, where: str) -> int:
    """The line of a setting such as "weights.travel", else of its table, else 1."""
    table, _, key = where.partition(".")
    inside, found = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("["):
            inside = bare.strip("[]").split("]")[0].strip()
            found = number if inside == table else found
        elif bare.split("=")[0].strip() == (key or table) and inside == (table if key else inside):
            return number
    return found
