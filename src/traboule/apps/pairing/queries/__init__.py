"""Named reads of pairing."""

from traboule.apps.pairing.queries.profiles import Pools, build_profiles
from traboule.apps.pairing.queries.proposals import (
    ProposalPage,
    ShownOption,
    find_pair_rule,
    find_proposal,
    find_run,
    proposal_of_duo,
    proposal_page,
    proposals_export,
    proposals_of,
)
from traboule.apps.pairing.queries.table import latest_run, matching_table
from traboule.apps.pairing.queries.views import Card, OptionView, PersonLine, TableView
from traboule.apps.pairing.queries.whatif import CannotHold, Shift, WhatIf, what_if

__all__ = [
    "CannotHold",
    "Card",
    "OptionView",
    "PersonLine",
    "Pools",
    "ProposalPage",
    "Shift",
    "ShownOption",
    "TableView",
    "WhatIf",
    "build_profiles",
    "find_pair_rule",
    "find_proposal",
    "find_run",
    "latest_run",
    "matching_table",
    "proposal_of_duo",
    "proposal_page",
    "proposals_export",
    "proposals_of",
    "what_if",
]
