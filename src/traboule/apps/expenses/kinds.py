"""What is said to volunteers about their expenses: short, no amount in a refusal, nothing sensitive."""

# said to: everybody

from django.utils.translation import gettext_lazy as _

from traboule.apps.messages.kinds import Kind, register_kind

EXAMPLE = {
    "first_name": "Anne",
    "branch": "Lyon",
    "reason": "We cannot read the date.",
    "euros": "12,40 €",
    "link": "https://example.org/l/abc/",
}

KINDS = (
    Kind(
        "expense.asked_back",
        _("Expenses: one question"),
        _("One question about your expenses"),
        _(
            "Hello %(first_name)s,\n\nwe have one question about an expense:\n\n%(reason)s\n\n"
            "Answer here, it takes a minute: %(link)s\n\nThe team in %(branch)s"
        ),
        _("%(first_name)s, one question about an expense. Answer here: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        "expense.refused",
        _("Expenses: refused"),
        _("About your expenses"),
        _(
            "Hello %(first_name)s,\n\nwe cannot pay one of your expenses back. The reason:\n\n%(reason)s\n\n"
            "All your expenses: %(link)s\n\nThe team in %(branch)s"
        ),
        _("%(first_name)s, we cannot pay one expense back. Why: %(link)s"),
        example=EXAMPLE,
    ),
    Kind(
        "expense.account_changed",
        _("Expenses: another account"),
        _("Your account was changed"),
        _(
            "Hello %(first_name)s,\n\nthe account for your expenses was changed today.\n\n"
            "Was it you? Then all is well. If not, please tell us at once.\n\nThe team in %(branch)s"
        ),
        _("%(first_name)s, the account for your expenses was changed. Was it not you? Tell us at once."),
        example=EXAMPLE,
    ),
    Kind(
        "expense.paid",
        _("Expenses: paid"),
        _("Your expenses are paid: %(euros)s"),
        _(
            "Hello %(first_name)s,\n\nwe have sent %(euros)s to your account.\n\n"
            "Thank you for the time you give.\n\nThe team in %(branch)s"
        ),
        _("%(first_name)s, we have sent %(euros)s to your account. Thank you!"),
        example=EXAMPLE,
    ),
)


def register_kinds() -> None:
    """Register the kinds of message of this app."""
    for kind in KINDS:
        register_kind(kind)
