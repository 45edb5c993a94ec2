"""What costs much to read is read once per state of a scope.

Every write appends to the audit chain of its scope, in its own transaction: the last link names the state of
that scope. A value is kept under that name, so that it is never older than the page that shows it. The link
is read before the value: at worst the value is newer than its name, and is made once more. What is made from
something that names its own state, as a snapshot does, is kept under that name in the same way.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings

from traboule.core.audit import scope_name
from traboule.core.models import AuditHead

MOST = 256
"""Values kept in one process; the one that was longest unused goes first."""

T = TypeVar("T")
_kept: OrderedDict[str, tuple[str, Any]] = OrderedDict()
_door = Lock()


def remembered(scope: int, name: str, make: Callable[[], T]) -> T:
    """Return what ``make`` gives in the present state of ``scope``, made once per process and state.

    For values that nobody changes: the same object is handed out again.
    """
    if not settings.TRABOULE_REMEMBER:
        return make()
    return held(f"{scope} {name}", state_of(scope), make)


def held(name: str, state: str, make: Callable[[], T]) -> T:
    """Return what ``make`` gives, made once per process and ``state``; a new state replaces the value."""
    if not settings.TRABOULE_REMEMBER:
        return make()
    with _door:
        found = _kept.get(name)
        if found is not None and found[0] == state:
            _kept.move_to_end(name)
            value: T = found[1]
            return value
    value = make()
    _keep(name, state, value)
    return value


def _keep(name: str, state: str, value: Any) -> None:
    with _door:
        _kept[name] = (state, value)
        _kept.move_to_end(name)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def held_over(name: str, moment: str, scopes: Callable[[], Iterable[int]], make: Callable[[], T]) -> T:
    """Return what ``make`` gives, made once per process, ``moment`` and state of all ``scopes``.

    Where it tells of is kept with it, and asked for again only when something was written there: whatever
    adds a scope must write in one of those before, as a person does who moves or joins a duo.
    """
    if not settings.TRABOULE_REMEMBER:
        return make()
    with _door:
        found = _kept.get(name)
        if found is not None:
            _kept.move_to_end(name)
    if found is not None:
        where, value = found[1]
        if found[0] == f"{moment} {states_of(where)}":
            kept: T = value
            return kept
    where = tuple(scopes())
    state = f"{moment} {states_of(where)}"
    made = make()
    _keep(name, state, (where, made))
    return made


def state_of(scope: int) -> str:
    """Return the name of the present state of a scope: the hash of the last link of its audit chain."""
    last = AuditHead.objects.filter(scope=scope_name(scope)).values_list("entry_hash", flat=True).first()
    return last or ""


def states_of(scopes: Iterable[int]) -> str:
    """Return one name for the present states of several scopes; one query."""
    names = [scope_name(scope) for scope in sorted(set(scopes))]
    found = dict(AuditHead.objects.filter(scope__in=names).values_list("scope", "entry_hash"))
    return " ".join(f"{name}:{found.get(name, '')}" for name in names)


def at_hand(scope: int, name: str) -> Any:
    """Return what ``remembered`` keeps for the present state of ``scope``, or None; nothing is made."""
    if not settings.TRABOULE_REMEMBER:
        return None
    with _door:
        found = _kept.get(f"{scope} {name}")
    return found[1] if found is not None and found[0] == state_of(scope) else None


def forget() -> None:
    """Drop everything that is kept, for tests and after a restore."""
    with _door:
        _kept.clear()
