"""Models of this app."""

from traboule.apps.followups.models.follow_ups import FollowUp, FollowUpSetting

__all__ = ["FollowUp", "FollowUpSetting"]
