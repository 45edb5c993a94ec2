"""Words and legal values of this app, and the permissions of the whole programme."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """The nine roles of the programme."""

    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")
    REFERRER = "referrer", _("Referrer")
    COORDINATOR = "coordinator", _("Coordinator")
    DIRECTOR = "director", _("Director")
    FUNDER = "funder", _("Funder")
    EVALUATOR = "evaluator", _("Independent evaluator")
    DPO = "dpo", _("Data-protection officer")
    ADMINISTRATOR = "administrator", _("Administrator")


class Permission(StrEnum):
    """Everything that may be allowed. Which role holds what: ``rules.ROLES``."""

    OWN_SEE = "own.see"
    TODAY_SEE = "today.see"
    PEOPLE_SEE = "people.see"
    PEOPLE_WRITE = "people.write"
    PEOPLE_ARCHIVE = "people.archive"
    PEOPLE_IMPORT = "people.import"
    PEOPLE_EXPORT = "people.export"
    PEOPLE_MERGE = "people.merge"
    NOTES_SEE = "notes.see"
    NOTES_WRITE = "notes.write"
    APPLICATIONS_SEE = "applications.see"
    APPLICATIONS_WRITE = "applications.write"
    APPLICATIONS_DECIDE = "applications.decide"
    SESSIONS_SEE = "sessions.see"
    SESSIONS_WRITE = "sessions.write"
    TALKS_SEE = "talks.see"
    TALKS_WRITE = "talks.write"
    TALKS_SET = "talks.set"
    ELIGIBILITY_SEE = "eligibility.see"
    ELIGIBILITY_JUDGE = "eligibility.judge"
    ELIGIBILITY_SET = "eligibility.set"
    SENSITIVE_SEE = "sensitive.see"
    SENSITIVE_WRITE = "sensitive.write"
    SCREENING_SEE = "screening.see"
    SCREENING_WRITE = "screening.write"
    SCREENING_APPROVE = "screening.approve"
    TRAINING_SEE = "training.see"
    TRAINING_WRITE = "training.write"
    TRAINING_SET = "training.set"
    MESSAGES_SEE = "messages.see"
    MESSAGES_WRITE = "messages.write"
    TEMPLATES_SET = "templates.set"
    SITE_WRITE = "site.write"
    PARTNERS_SEE = "partners.see"
    PARTNERS_WRITE = "partners.write"
    REFERRALS_MAKE = "referrals.make"
    RIGHTS_SEE = "rights.see"
    RIGHTS_ANSWER = "rights.answer"
    TABLE_SEE = "table.see"
    TABLE_DECIDE = "table.decide"
    PROPOSALS_SEE = "proposals.see"
    PROPOSALS_MAKE = "proposals.make"
    PROPOSALS_ANSWER = "proposals.answer"
    PROPOSALS_EXPORT = "proposals.export"
    DUOS_SEE = "duos.see"
    DUOS_WRITE = "duos.write"
    EXCHANGE_SEE = "exchange.see"
    EXCHANGE_WRITE = "exchange.write"
    EXPENSES_SEE = "expenses.see"
    EXPENSES_APPROVE = "expenses.approve"
    EXPENSES_PAY = "expenses.pay"
    EXPENSES_BANK = "expenses.bank"
    EXPENSES_SET = "expenses.set"
    OUTCOMES_SEE = "outcomes.see"
    OUTCOMES_WRITE = "outcomes.write"
    OUTCOMES_VERIFY = "outcomes.verify"
    EVALUATIONS_SEE = "evaluations.see"
    EVALUATIONS_WRITE = "evaluations.write"
    REPORTS_ISSUE = "reports.issue"
    FAIRNESS_SEE = "fairness.see"
    FAIRNESS_WRITE = "fairness.write"
    CONCERNS_SEE = "concerns.see"
    CONCERNS_WRITE = "concerns.write"
    TEAM_SEE = "team.see"
    TEAM_INVITE = "team.invite"
    TEAM_GRANT = "team.grant"
    RULES_SET = "rules.set"
    BRANCHES_CLOSE = "branches.close"
    BRANCHES_SET = "branches.set"
    FIGURES_SEE = "figures.see"
    FIGURES_SET = "figures.set"
    TABLES_SEE = "tables.see"
    API_SEE = "api.see"
    API_SET = "api.set"
    AUDIT_SEE = "audit.see"
    PROCESSING_SEE = "processing.see"


class Side(models.TextChoices):
    """On which side of a duo a person stands."""

    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class MentorState(models.TextChoices):
    """Where a mentor stands."""

    NEW = "new", pgettext_lazy("state of a mentor", "new")
    POOL = "pool", pgettext_lazy("state of a mentor", "ready")
    PAUSED = "paused", pgettext_lazy("state of a mentor", "paused")
    LEFT = "left", pgettext_lazy("state of a mentor", "left")


class MenteeState(models.TextChoices):
    """Where a mentee stands."""

    NEW = "new", pgettext_lazy("state of a mentee", "new")
    POOL = "pool", pgettext_lazy("state of a mentee", "waiting for a mentor")
    MATCHED = "matched", pgettext_lazy("state of a mentee", "in a duo")
    PAUSED = "paused", pgettext_lazy("state of a mentee", "paused")
    LEFT = "left", pgettext_lazy("state of a mentee", "left")


class Channel(models.TextChoices):
    """How a person wants to be reached."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    PHONE = "phone", _("Phone call")
    LETTER = "letter", _("Letter")
    REFERRER = "referrer", _("Through the referrer")


class Gender(models.TextChoices):
    """As the person says."""

    FEMALE = "f", _("Woman")
    MALE = "m", _("Man")
    OTHER = "x", _("Other")


class Need(models.TextChoices):
    """What a mentee needs and a mentor is good at."""

    CV = "cv", _("CV")
    INTERVIEW = "interview", _("Job interviews")
    NETWORK = "network", _("Network")
    PROJECT = "project", _("Finding a plan")
    ADMIN = "admin", _("Administration")
    DIGITAL = "digital", _("Digital skills")
    FRENCH = "french", _("French")


class Level(models.IntegerChoices):
    """CEFR levels."""

    A1 = 1, "A1"
    A2 = 2, "A2"
    B1 = 3, "B1"
    B2 = 4, "B2"
    C1 = 5, "C1"
    C2 = 6, "C2"


class Day(models.IntegerChoices):
    """Days of the week as the availability mask counts them."""

    MON = 0, _("Monday")
    TUE = 1, _("Tuesday")
    WED = 2, _("Wednesday")
    THU = 3, _("Thursday")
    FRI = 4, _("Friday")
    SAT = 5, _("Saturday")
    SUN = 6, _("Sunday")


class Part(models.IntegerChoices):
    """Parts of a day as the availability mask counts them."""

    AM = 0, _("morning")
    PM = 1, _("afternoon")
    EVE = 2, _("evening")


class Way(models.TextChoices):
    """The five scales of the way of working, 1 to 5."""

    PACE = "pace", _("Pace")
    DIRECTNESS = "directness", _("Directness")
    LISTENING = "listening", _("Listening")
    STRUCTURE = "structure", _("Structure")
    HUMOUR = "humour", _("Humour")


class NoteKind(models.TextChoices):
    """What happened."""

    CALL = "call", _("Call")
    NOTE = "note", _("Note")
    VISIT = "visit", _("Visit")


class Readers(models.TextChoices):
    """Who reads a note; chosen before writing."""

    STAFF = "staff", _("The team only")
    SHARED = "shared", _("The team and the person")


class ConsentPurpose(models.TextChoices):
    """What a consent is for."""

    PROGRAMME = "programme", _("Taking part in the programme")
    SHARING = "sharing", _("Telling the other person of a duo")
    REFERRER_NEWS = "referrer_news", _("News to the adviser who sent the person")
    STATISTICS = "statistics", _("Figures without names")
    ALUMNI = "alumni", _("Being asked and invited after the programme")


class StepReason(StrEnum):
    """Why something stands on the page of today."""

    MENTEE_PAST_CEILING = "mentee_past_ceiling"
    MENTEE_COMES_FIRST = "mentee_comes_first"
    MENTEE_CANNOT_WAIT = "mentee_cannot_wait"
    MENTOR_CANNOT_WAIT = "mentor_cannot_wait"
    MENTEE_WAITS_LONG = "mentee_waits_long"
    MENTEE_WAITS = "mentee_waits"
    MENTEE_NEW = "mentee_new"
    MENTOR_NEW = "mentor_new"
    PAUSE_OVER = "pause_over"
    STEP_OVERDUE = "step_overdue"
    STEP_TODAY = "step_today"
    STEP_COMING = "step_coming"


class StepAct(StrEnum):
    """The next act; a page turns it into a button."""

    OPEN_TABLE = "open_table"
    OPEN_TABLE_FOR_MENTOR = "open_table_for_mentor"
    FINISH_STEP = "finish_step"
    RESUME = "resume"
    COMPLETE_PROFILE = "complete_profile"


class ImportState(models.TextChoices):
    """How far an import has come."""

    STAGED = "staged", pgettext_lazy("state of an import", "read")
    MAPPED = "mapped", pgettext_lazy("state of an import", "checked")
    APPLIED = "applied", pgettext_lazy("state of an import", "applied")
    DISCARDED = "discarded", pgettext_lazy("state of an import", "discarded")
