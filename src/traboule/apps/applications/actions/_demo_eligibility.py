"""Two funders with different rules, and judgements in all four states."""

from datetime import timedelta
from typing import Any

from traboule.apps.applications.actions.sensitive import read_sensitive, write_sensitive
from traboule.apps.applications.enums_judging import JudgingStep
from traboule.apps.applications.models import Application, Funder, Judgement, RuleSet, SensitiveSwitch
from traboule.apps.people.enums import Side
from traboule.apps.people.queries import actor_of
from traboule.apps.steps.actions import open_step
from traboule.kernel.funding import Answer, Verdict, parse_rules, verdict

_AGE = {
    "code": "age",
    "kind": "age",
    "low": 18,
    "high": 30,
    "evidence": ["Pièce d’identité", "Acte de naissance"],
}
_PLACE = {"code": "place", "kind": "territory", "evidence": ["Justificatif de domicile"]}
_SEEKER = {
    "code": "job_seeker",
    "kind": "job_seeker",
    "sentence": "Est inscrit comme demandeur d’emploi.",
    "evidence": ["Attestation d’inscription", "Avis de situation"],
}
PLAN_OLD = (
    {**_AGE, "high": 26, "sentence": "A entre 18 et 26 ans."},
    {**_PLACE, "sentence": "Habite le département du Rhône.", "places": ["69"]},
)
PLAN = (
    {**_AGE, "sentence": "A entre 18 et 30 ans."},
    {**_PLACE, "sentence": "Habite la métropole ou le département.", "places": ["69", "01"]},
    _SEEKER,
    {"code": "not_employed", "kind": "not_employed", "sentence": "N’a pas d’emploi en ce moment."},
)
# Facts about residence are off by default: two branches of the demo switched them on.
KEEPS_RESIDENCE = ("lyon", "lille")
FACTS = 6
IMPACT = (
    {**_AGE, "low": 18, "high": 33, "sentence": "A entre 18 et 33 ans."},
    {
        "code": "french",
        "kind": "language",
        "sentence": "Parle français au niveau A2 ou mieux.",
        "language": "fr",
        "level": 2,
    },
    {"code": "agrees", "kind": "question", "sentence": "Accepte d’être rappelé après six et douze mois."},
    {
        "code": "stay",
        "kind": "right_to_stay",
        "sentence": "A un titre de séjour en cours.",
        "evidence": ["Carte de séjour", "Récépissé", "Carte d’identité"],
    },
)


def fill(stage: Any, rows: list[Application]) -> None:
    """Write funders, versions and judgements of one branch."""
    long_ago = stage.now - timedelta(days=500)
    plan, impact = Funder.everywhere.bulk_create(
        Funder(branch=stage.branch, name=name, created_at=long_ago)
        for name in ("Plan métropolitain d’insertion", "Contrat à impact")
    )
    sets = [
        _set(stage, plan, 1, PLAN_OLD, 480),
        _set(stage, plan, 2, PLAN, 120),
        _set(stage, impact, 1, IMPACT, 300),
    ]
    RuleSet.everywhere.bulk_create(sets)
    if stage.branch.slug in KEEPS_RESIDENCE:
        SensitiveSwitch.objects.create(branch=stage.branch, is_on=True, set_by=None, set_at=long_ago)
    mentees = [row for row in rows if row.side == Side.MENTEE and row.state not in ("draft", "sent")]
    judgements = [
        made
        for at, row in enumerate(mentees)
        for number, rule_set in enumerate(sets[1:])
        for made in _judged(stage, row, rule_set, at + number)
    ]
    Judgement.everywhere.bulk_create(judgements)
    if stage.branch.slug in KEEPS_RESIDENCE and stage.director is not None:
        _residence(stage, mentees[:: max(1, len(mentees) // FACTS)][:FACTS], sets[2])
    _steps(stage, mentees, judgements)


def _residence(stage: Any, rows: list[Application], rule_set: RuleSet) -> None:
    """The director saw a paper of some, notes which kind and when, and looks one of them up again."""
    director = actor_of(stage.director)
    rule = next(rule for rule in parse_rules(rule_set.rules) if rule.sensitive)
    for at, row in enumerate(rows):
        seen = at % 3 != 2  # the third brings it next time
        write_sensitive(
            application=row,
            rule_set=rule_set,
            code=rule.code,
            answer=Answer.YES,
            evidence=rule.evidence[at % len(rule.evidence)] if seen else "",
            seen_on=(stage.now - timedelta(days=2 + at)).date() if seen else None,
            by=director,
            now=stage.now - timedelta(hours=30 - at),
        )
    for row in rows[:1]:
        read_sensitive(application=row, by=director, now=stage.now - timedelta(hours=3))


def _set(stage: Any, funder: Funder, version: int, rules: Any, days: int) -> RuleSet:
    since = stage.now - timedelta(days=days)
    return RuleSet(
        funder=funder,
        version=version,
        valid_from=since.date(),
        rules=list(rules),
        made_by=None,
        made_at=since,
    )


def _judged(stage: Any, row: Application, rule_set: RuleSet, at: int) -> list[Judgement]:
    """All four states: now and then no, a missing proof, or a question that nobody asked yet."""
    made = []
    for number, rule in enumerate(rule for rule in parse_rules(rule_set.rules) if not rule.sensitive):
        turn = at * 5 + number * 3
        if turn % 11 == 4 and row.state != "accepted":
            continue
        answer = Answer.NO if turn % 17 == 5 else Answer.YES
        seen = rule.evidence[:1] if turn % 4 and answer is Answer.YES else ()
        found = verdict(answer, rule.evidence, seen)
        day = (stage.now - timedelta(days=1 + at % 9)).date()
        missing = found is Verdict.PROOF_MISSING
        made.append(
            Judgement(
                person=row.person,
                rule_set=rule_set,
                rule_code=rule.code,
                answer=answer.value,
                verdict=found.value,
                evidence=seen[0] if seen else "",
                seen_on=day if seen else None,
                due_on=(stage.now + timedelta(days=at % 12 - 1)).date() if missing else None,
                judged_by=stage.host,
                judged_at=stage.now - timedelta(days=1 + at % 9),
            )
        )
    return made


def _steps(stage: Any, rows: list[Application], judgements: list[Judgement]) -> None:
    by_person = {row.person_id: row for row in rows}
    missing = [row for row in judgements if row.due_on is not None]
    for row in missing[:6]:
        application = by_person[row.person_id]
        open_step(
            branch=stage.branch,
            kind=JudgingStep.PROOF,
            key=f"{JudgingStep.PROOF}:{row.person_id}:{row.rule_set.funder_id}",
            person=application.person,
            owner=stage.host,
            text=row.rule_set.funder.name,
            rank=55,
            due_on=row.due_on,
            subject_type="application",
            subject_id=application.pk,
            by=stage.by,
            now=stage.now,
        )
