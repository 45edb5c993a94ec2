"""What each permission means, in words that a data-protection officer can read."""

from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Permission

PERMISSIONS = {
    Permission.OWN_SEE: _("See what is written about oneself"),
    Permission.TODAY_SEE: _("See who waits today"),
    Permission.PEOPLE_SEE: _("See the people of the branch"),
    Permission.PEOPLE_WRITE: _("Add and correct people"),
    Permission.PEOPLE_ARCHIVE: _("Archive people"),
    Permission.PEOPLE_IMPORT: _("Bring in people from a file"),
    Permission.PEOPLE_EXPORT: _("Take out a list of people"),
    Permission.NOTES_SEE: _("Read notes"),
    Permission.NOTES_WRITE: _("Write notes"),
    Permission.TABLE_SEE: _("See the matching table"),
    Permission.TABLE_DECIDE: _("Keep or rule out a pair"),
    Permission.PROPOSALS_SEE: _("See proposals"),
    Permission.PROPOSALS_MAKE: _("Propose a duo"),
    Permission.PROPOSALS_ANSWER: _("Write down the answers"),
    Permission.PROPOSALS_EXPORT: _("Take out a list of proposals"),
    Permission.DUOS_SEE: _("See duos"),
    Permission.DUOS_WRITE: _("Change duos"),
    Permission.TEAM_SEE: _("See the team"),
    Permission.TEAM_INVITE: _("Invite staff"),
    Permission.TEAM_GRANT: _("Give and take back roles"),
    Permission.RULES_SET: _("Set the rules of matching"),
    Permission.BRANCHES_SET: _("Open branches"),
    Permission.FIGURES_SEE: _("See figures without names"),
    Permission.AUDIT_SEE: _("Read the log of changes"),
    Permission.PROCESSING_SEE: _("Read the record of processing"),
}
