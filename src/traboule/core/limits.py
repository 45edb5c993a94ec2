"""Rate limits that lock no victim out.

Hard limits count by address and by (address, target): whoever hammers an account from somewhere stops nobody
who comes from elsewhere. All attempts on one target together only make the pair limit tighter: then each
address has a few tries left instead of many, and the owner of the account still has theirs.

The counter is the generic cell rate algorithm: one moment a key, until which its allowance is used up. Keys
are digests under the secret of the installation: the table holds no address and no e-mail. It lives in the
database, so that it counts over all processes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from django.db import transaction
from django.utils.crypto import salted_hmac

from traboule.core.models import LimitMark

_SWEPT = "00"  # one key in 256 also clears away what is over


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` at once, and again after ``seconds``, evenly."""

    count: int
    seconds: int

    @property
    def interval(self) -> timedelta:
        """What one attempt costs."""
        return timedelta(seconds=self.seconds / self.count)


@dataclass(frozen=True, slots=True)
class Limit:
    """The limits of one kind of form. ``target`` never refuses: beyond it ``pressed`` replaces ``pair``."""

    address: Rate
    pair: Rate
    target: Rate
    pressed: Rate


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an attempt goes on, after how many seconds one would, and whether the target is pressed."""

    allowed: bool
    wait: int = 0
    pressed: bool = False


# Several people share the address of an association or a library: the limits by address are generous.
LIMITS: dict[str, Limit] = {
    "code": Limit(Rate(60, 600), Rate(6, 600), Rate(30, 600), Rate(2, 600)),
    "form": Limit(Rate(60, 600), Rate(12, 600), Rate(60, 600), Rate(3, 600)),
    # Eight pages an application, and a class at a library applies together.
    "apply": Limit(Rate(300, 600), Rate(60, 600), Rate(300, 600), Rate(30, 600)),
    "door": Limit(Rate(60, 600), Rate(20, 600), Rate(60, 600), Rate(5, 600)),
    # Services that keep calendars for many people ask from few addresses, every few hours.
    "calendar": Limit(Rate(600, 600), Rate(30, 600), Rate(120, 600), Rate(6, 600)),
    # Calls with a token that opens nothing: several dashboards may share one address.
    "api": Limit(Rate(60, 600), Rate(60, 600), Rate(600, 600), Rate(60, 600)),
}
# Of whoever has proven who it is.
OWN_LIMITS: dict[str, Rate] = {
    # A dashboard reads some pages of rows an hour; a first copy of a large branch reads dozens at once.
    "api": Rate(120, 60),
}


def take(*, kind: str, address: str, target: str, now: datetime) -> Verdict:
    """Count one attempt from ``address`` at ``target`` (may be empty) and say whether it goes on.

    Its counters are written at once, whatever becomes of the attempt: call it outside the transaction of the
    act.
    A refused attempt costs nothing more, so that waiting always helps. Raises KeyError for an unknown kind.
    """
    limit, where = LIMITS[kind], network_of(address)
    with transaction.atomic():
        wait = _spend(_key(kind, "address", where), limit.address, now)
        if wait:
            return Verdict(False, wait)
        if not target:
            return Verdict(True)
        plain = target.strip().casefold()
        pressed = bool(_spend(_key(kind, "target", plain), limit.target, now))
        wait = _spend(_key(kind, "pair", where, plain), limit.pressed if pressed else limit.pair, now)
        return Verdict(not wait, wait, pressed)


def take_own(*, kind: str, holder: str, now: datetime) -> Verdict:
    """Count one call of somebody who has proven who it is, wherever it comes from.

    Nobody else can use up this allowance, so it needs neither address nor target. Raises KeyError for an
    unknown kind.
    """
    with transaction.atomic():
        wait = _spend(_key(kind, "own", holder), OWN_LIMITS[kind], now)
    return Verdict(not wait, wait)


def sweep(now: datetime) -> int:
    """Delete the counters that are over; return how many."""
    return LimitMark.objects.filter(until__lt=now).delete()[0]


def network_of(address: str) -> str:
    """Return what counts as one place: an IPv4 address, or the /64 network that one line of IPv6 has."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    if found.version == 6:
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def _key(*parts: str) -> str:
    return salted_hmac("traboule.core.limits", "\x1f".join(parts), algorithm="sha256").hexdigest()


def _spend(key: str, rate: Rate, now: datetime) -> int:
    """Spend one attempt of a key; return 0, or the seconds to wait if its allowance is used up."""
    mark, is_new = LimitMark.objects.select_for_update().get_or_create(key=key, defaults={"until": now})
    if is_new and key.startswith(_SWEPT):
        sweep(now - timedelta(seconds=1))
    until = max(mark.until, now) + rate.interval
    over = (until - now).total_seconds() - rate.seconds
    if over > 1e-6:
        return ceil(over)
    mark.until = until
    mark.save(update_fields=["until"])
    return 0
