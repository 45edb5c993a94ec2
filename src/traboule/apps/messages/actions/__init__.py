"""What may be done with messages. One call is one transaction."""

from traboule.apps.messages.actions.telling import tell

__all__ = ["tell"]
