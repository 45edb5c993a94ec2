"""What funders ask, what was judged of one person, and how many count for whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from traboule.apps.applications.models import (
    Application,
    Funder,
    Judgement,
    RuleSet,
    SensitiveFact,
    SensitiveSwitch,
)
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.funding import Facts, Hint, Rule, Standing, Verdict, parse_rules, standing, suggest


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with its latest judgement, if any, and what the data at hand suggest."""

    rule: Rule
    judgement: Judgement | None
    verdict: Verdict
    hint: Hint


@dataclass(frozen=True, slots=True)
class FunderCard:
    """One funder for one person. ``apart``: rules whose facts are kept apart (not part of ``standing``)."""

    funder: Funder
    rule_set: RuleSet
    lines: tuple[RuleLine, ...]
    apart: tuple[Rule, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class FunderRow:
    """One funder of a branch: its version in force, and how many people stand where."""

    funder: Funder
    rule_set: RuleSet | None
    coming: RuleSet | None
    rules: tuple[Rule, ...]
    counts: dict[Standing, int]
    open_proofs: int


def is_sensitive_on(branch_id: int) -> bool:
    """Say whether a branch keeps facts about residence."""
    return SensitiveSwitch.objects.filter(branch_id=branch_id, is_on=True).exists()


def referred_by(person_id: int, actor: Actor) -> bool:
    """Say whether ``actor`` sent this person: then somebody else judges."""
    if actor.kind is not ActorKind.LOGIN:
        return False
    return Application.everywhere.filter(person_id=person_id, referred_by_id=actor.id).exists()


def current_sets(branch: Branch, today: date) -> list[RuleSet]:
    """Return the version in force of each active funder of a branch, by name of the funder."""
    rows = RuleSet.everywhere.filter(funder__branch=branch, funder__is_active=True, valid_from__lte=today)
    found: dict[int, RuleSet] = {}
    for row in rows.select_related("funder").order_by("funder__name", "funder_id", "-version"):
        found.setdefault(row.funder_id, row)
    return list(found.values())


def rules_of_set(rule_set: RuleSet, *, with_sensitive: bool = True) -> tuple[Rule, ...]:
    """Return the rules of a version as the kernel reads them."""
    rules = parse_rules(rule_set.rules)
    return rules if with_sensitive else tuple(rule for rule in rules if not rule.sensitive)


def facts_of(person: Person) -> Facts:
    """Return what is written down already about a person and may suggest an answer."""
    return Facts(
        birth_date=person.birth_date,
        commune_code=person.commune_code,
        postcode=person.postcode,
        languages=tuple((row.code, row.level) for row in person.languages.all()),
    )


def latest(rows: Iterable[Judgement]) -> dict[tuple[int, int, str], Judgement]:
    """Return the judgement that counts, by person, version and rule; ``rows`` in the order of writing."""
    return {(row.person_id, row.rule_set_id, row.rule_code): row for row in rows}


def eligibility_of(*, actor: Actor, application: Application, today: date) -> list[FunderCard]:
    """Return where one person stands with each funder of the branch."""
    branch = application.branch
    authorise(actor, Permission.ELIGIBILITY_SEE, branch.pk)
    person = application.person
    if person is None:
        raise NotVisible
    sets = current_sets(branch, today)
    rows = Judgement.everywhere.filter(person=person, rule_set__in=sets).select_related("judged_by")
    held = latest(rows.order_by("pk"))
    facts, keeps = facts_of(person), is_sensitive_on(branch.pk)
    return [_card(row, held, facts, person.pk, keeps, today) for row in sets]


def _card(
    rule_set: RuleSet,
    held: dict[tuple[int, int, str], Judgement],
    facts: Facts,
    person_id: int,
    keeps: bool,
    today: date,
) -> FunderCard:
    rules = rules_of_set(rule_set)
    lines = tuple(
        RuleLine(
            rule=rule,
            judgement=(found := held.get((person_id, rule_set.pk, rule.code))),
            verdict=Verdict(found.verdict) if found else Verdict.NOT_ASKED,
            hint=suggest(rule, facts, today),
        )
        for rule in rules
        if not rule.sensitive
    )
    return FunderCard(
        funder=rule_set.funder,
        rule_set=rule_set,
        lines=lines,
        apart=tuple(rule for rule in rules if rule.sensitive and keeps),
        standing=standing(line.verdict for line in lines),
    )


def history_of(*, actor: Actor, application: Application) -> list[Judgement]:
    """Return every judgement ever made about a person, the latest first."""
    authorise(actor, Permission.ELIGIBILITY_SEE, application.branch_id)
    rows = Judgement.everywhere.filter(person=application.person)
    return list(rows.select_related("rule_set__funder", "judged_by").order_by("-pk")[:100])


def find_rule_set(*, actor: Actor, branch: Branch, pk: int, permission: Permission) -> RuleSet:
    """Return one version of rules of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    rows = RuleSet.objects.visible_to(actor, permission).filter(funder__branch=branch, pk=pk)
    found = rows.select_related("funder__branch").first()
    if found is None:
        raise NotVisible
    return found


def find_funder(*, actor: Actor, branch: Branch, pk: int, permission: Permission) -> Funder:
    """Return one funder of a branch. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, permission, branch.pk)
    found = Funder.objects.visible_to(actor, permission).filter(branch=branch, pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def newest_rules(funder: Funder) -> RuleSet | None:
    """Return the newest version of a funder's rules, in force or not yet."""
    return RuleSet.everywhere.filter(funder=funder).order_by("-version").first()


def funders_of(*, actor: Actor, branch: Branch, today: date) -> list[FunderRow]:
    """Return the funders of a branch, how many people count for each, and how many proofs are open."""
    authorise(actor, Permission.ELIGIBILITY_SEE, branch.pk)
    funders = list(Funder.everywhere.filter(branch=branch, is_active=True))
    in_force = {row.funder_id: row for row in current_sets(branch, today)}
    later = RuleSet.everywhere.filter(funder__in=funders, valid_from__gt=today).order_by("-version")
    coming = {row.funder_id: row for row in later}
    rows = Judgement.everywhere.filter(rule_set__in=in_force.values(), person__archived_at=None)
    columns = rows.order_by("pk").values_list("rule_set_id", "person_id", "rule_code", "verdict")
    by_set: dict[int, dict[int, dict[str, Verdict]]] = {}
    for number, person, code, verdict in columns:  # the later one counts
        by_set.setdefault(number, {}).setdefault(person, {})[code] = Verdict(verdict)
    return [_row(funder, in_force.get(funder.pk), coming.get(funder.pk), by_set) for funder in funders]


def _row(
    funder: Funder,
    rule_set: RuleSet | None,
    coming: RuleSet | None,
    by_set: dict[int, dict[int, dict[str, Verdict]]],
) -> FunderRow:
    rules = rules_of_set(rule_set) if rule_set else ()
    asked = [rule.code for rule in rules if not rule.sensitive]
    people = by_set.get(rule_set.pk, {}) if rule_set else {}
    counts: Counter[Standing] = Counter()
    for said in people.values():
        counts[standing(said.get(code, Verdict.NOT_ASKED) for code in asked)] += 1
    proofs = sum(verdict is Verdict.PROOF_MISSING for said in people.values() for verdict in said.values())
    return FunderRow(funder, rule_set, coming, rules, dict(counts), proofs)


def sensitive_now(person: Person, rule_set: RuleSet) -> dict[str, SensitiveFact]:
    """Return the facts that count, by rule. For the action that writes each reading down, and nobody else."""
    rows = SensitiveFact.everywhere.filter(person=person, rule_set=rule_set).select_related("written_by")
    return {row.rule_code: row for row in rows.order_by("pk")}
