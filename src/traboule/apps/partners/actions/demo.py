"""Six invented partners in real towns, and the advisers who send people from two of them."""

from datetime import datetime, timedelta

from traboule.apps.partners.enums import PartnerKind
from traboule.apps.partners.models import Partner, Referrer
from traboule.apps.people.actions.demo import DemoPeople
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login, RoleGrant
from traboule.core.actors import Actor
from traboule.kernel.generator import Programme

ASKED_FOR = "Élodie Perrin"
# Branch, name, kind, town, whom to ask for, whether we work together now.
PARTNERS: tuple[tuple[str, str, PartnerKind, str, str, bool], ...] = (
    ("lyon", "Maison des projets de Vaise", PartnerKind.EMPLOYMENT, "Lyon 9e", ASKED_FOR, True),
    ("lyon", "Foyer des Gratte-Ciel", PartnerKind.HOUSING, "Villeurbanne", "Simon Meyer", True),
    ("lyon", "Cours du soir de la Part-Dieu", PartnerKind.SCHOOL, "Lyon 3e", "", False),
    ("ile-de-france", "Accueil des Quatre-Chemins", PartnerKind.ASSOCIATION, "Pantin", "Awa Sissoko", True),
    ("lille", "Relais emploi de Wazemmes", PartnerKind.EMPLOYMENT, "Lille", "Luc Vandamme", True),
    ("marseille", "Le Phare de la Belle de Mai", PartnerKind.ASSOCIATION, "Marseille 3e", "Inès Roux", True),
)


def fill(loaded: DemoPeople, programme: Programme, by: Actor, now: datetime) -> None:
    """Write the partners of the branches that the demo has, and two advisers in Lyon."""
    known = [row for row in PARTNERS if row[0] in loaded.branches]
    partners = Partner.everywhere.bulk_create(
        Partner(
            branch=loaded.branches[slug],
            name=name,
            kind=kind,
            place=place,
            contact_name=contact,
            is_active=active,
            created_at=now - timedelta(days=300 - 20 * at),
        )
        for at, (slug, name, kind, place, contact, active) in enumerate(known)
    )
    advisers = {ASKED_FOR: loaded.logins.get("elodie"), "Simon Meyer": _simon(loaded, now)}
    Referrer.everywhere.bulk_create(
        Referrer(partner=partner, login=adviser, invited_at=now - timedelta(days=250))
        for partner in partners
        if (adviser := advisers.get(partner.contact_name)) is not None
    )


def _simon(loaded: DemoPeople, now: datetime) -> Login | None:
    """An adviser who does not sign in to the demo; he is there so that the list has two."""
    branch = loaded.branches.get("lyon")
    if branch is None:
        return None
    login = Login.objects.create_user("simon.meyer@example.org", name="Simon Meyer", created_at=now)
    RoleGrant.objects.create(login=login, role=Role.REFERRER, branch=branch, granted_at=now)
    loaded.logins["simon"] = login
    return login
