"""Turning what somebody typed into clean values for the actions."""

from traboule.apps.privacy.forms.rights import (
    AnswerForm,
    AskForm,
    EraseForm,
    HoldForm,
    IdentityForm,
    OwnAskForm,
    ProcessingFilterForm,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "EraseForm",
    "HoldForm",
    "IdentityForm",
    "OwnAskForm",
    "ProcessingFilterForm",
]
