"""The tables of this app."""

from traboule.apps.duos.models.agreements import (
    Agreement,
    AgreementTemplate,
    FirstMeeting,
    Signature,
)
from traboule.apps.duos.models.duos import Duo, MentorPlace

__all__ = ["Agreement", "AgreementTemplate", "Duo", "FirstMeeting", "MentorPlace", "Signature"]
