"""Tables of this app."""

from traboule.apps.support.models.exchange import Gathering, GatheringInvitation, PeerGroup, PeerMember

__all__ = ["Gathering", "GatheringInvitation", "PeerGroup", "PeerMember"]
