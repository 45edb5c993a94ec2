"""What the public pages of the invented branches say: written ones, half-written ones, our own words."""

from datetime import date, datetime
from typing import Any

from traboule.apps.branches.actions import type_site_figure, write_contact, write_site_text
from traboule.apps.branches.enums import SitePart
from traboule.core.actors import Actor

INVENTED = "chiffres inventés pour la démonstration"
TEXTS: tuple[tuple[str, SitePart, str, str], ...] = (
    ("lyon", SitePart.WELCOME, "fr", "Deux vies, un passage."),
    (
        "lyon",
        SitePart.LEAD,
        "fr",
        "À Lyon, des gens d’expérience ouvrent la porte du travail à des jeunes qui arrivent.",
    ),
    (
        "lyon",
        SitePart.CONTACT,
        "fr",
        "<p>Nous sommes à La Duchère, dans un lieu partagé avec d’autres associations.</p>"
        "<p>Appelez-nous : <a href='tel:+33465710012'>04 65 71 00 12</a>. Le mardi et le jeudi, passez sans "
        "rendez-vous.</p>",
    ),
    (
        "lyon",
        SitePart.CONTACT,
        "en",
        "<p>We are in La Duchère, in a place that we share with other associations.</p>"
        "<p>Call us: <a href='tel:+33465710012'>04 65 71 00 12</a>. On Tuesdays and Thursdays, come by as "
        "you like.</p>",
    ),
    ("lille", SitePart.WELCOME, "fr", "À deux, on trouve sa voie."),
)
# Numbers that the authority keeps free for fiction; Lille shows what lacks.
CONTACTS = {"lyon": ("+33465710012", "lyon@traboule.example", "12 avenue du Plateau")}
FIGURES: tuple[tuple[str, str, str, int, date], ...] = (
    ("lyon", "38", "duos formés à Lyon la première année", 76, date(2025, 12, 31)),
    ("lyon", "7 sur 10", "ont trouvé un emploi, un stage ou une formation en un an", 61, date(2025, 12, 31)),
    ("lyon", "8 sur 10", "mentors recommencent avec quelqu’un d’autre", 34, date(2025, 12, 31)),
    ("lille", "24", "duos en cours", 48, date(2025, 12, 31)),
)


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Write them; ``loaded`` and ``programme`` come from later apps."""
    for slug, part, language, text in TEXTS:
        if slug in loaded.branches:
            write_site_text(
                branch=loaded.branches[slug], part=part, language=language, text=text, by=by, now=now
            )
    for slug, (phone, email, street) in CONTACTS.items():
        if slug in loaded.branches:
            branch = loaded.branches[slug]
            write_contact(branch=branch, phone=phone, email=email, street=street, by=by, now=now)
    for slug, value, label, counted, as_of in FIGURES:
        if slug in loaded.branches:
            said = {"value": value, "label": label, "counted": counted, "source": INVENTED, "as_of": as_of}
            type_site_figure(branch=loaded.branches[slug], fields=said, language="fr", by=by, now=now)
