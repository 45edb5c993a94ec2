"""``manage.py audit_check``: walk every audit chain and say whether it holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from traboule.core.audit import chains, check_chain


class Command(BaseCommand):
    """Exit code 0 when every chain holds, 1 when one is broken."""

    help = "Check the hash chains of the audit log."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per chain."""
        broken = 0
        for scope in chains():
            flaw = check_chain(int(scope) if scope else None)
            name = scope or "all"
            if flaw is None:
                self.stdout.write(f"{name}: holds")
            else:
                broken += 1
                self.stderr.write(f"{name}: broken at entry {flaw.sequence}: {flaw.flaw.value}")
        if broken:
            raise CommandError(f"{broken} chain(s) broken.")
