"""Named reads of this app."""

from traboule.apps.people.queries.logins import actor_of, login_of, roles_of, staff_of

__all__ = ["actor_of", "login_of", "roles_of", "staff_of"]
