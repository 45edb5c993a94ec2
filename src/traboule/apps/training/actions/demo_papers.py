"""Papers that go with the first modules of the demo: sheets on one page, as a trainer hands them out."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from traboule.apps.training.actions.trainers import keep_material
from traboule.apps.training.models import Module
from traboule.core.actors import Actor
from traboule.core.pdf import render
from traboule.core.uploads import check_upload

TEMPLATE = Path(__file__).resolve().parent / "demo_paper.typ"
BRANCH = "lyon"
# Module, name of the file, what it is, what stands on it.
PAPERS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "welcome",
        "premiere-rencontre.pdf",
        "La première rencontre, pas à pas",
        (
            "Se présenter : d’où je viens, ce que je fais, pourquoi je suis là. Cinq minutes chacun.",
            "Demander ce que l’autre attend, et l’écrire avec ses mots.",
            "Dire ce qu’un mentor ne fait pas : ni argent, ni démarches à la place de l’autre.",
            "Fixer ensemble la date suivante avant de se quitter.",
        ),
    ),
    (
        "listening",
        "jeu-de-roles-ecouter.pdf",
        "Jeu de rôles : écouter avant d’expliquer",
        (
            "À trois : une personne raconte, une écoute, une observe. Dix minutes, puis on tourne.",
            "Qui écoute pose trois questions ouvertes et ne donne aucun conseil.",
            "Qui observe note une phrase qui a ouvert, une phrase qui a fermé.",
        ),
    ),
    (
        "cv",
        "cv-en-une-page.pdf",
        "Un CV vrai, en une page",
        (
            "Partir de ce que la personne sait faire, pas de ses diplômes.",
            "Une expérience d’ailleurs compte : dire le métier avec les mots d’ici.",
            "Rien d’inventé. Un trou se dit en une ligne.",
        ),
    ),
)


def fill(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Keep the papers with the modules of one branch, through the same check as any other file."""
    for code, name, about, lines in PAPERS:
        module = Module.everywhere.filter(branch=loaded.branches.get(BRANCH), code=code).first()
        if module is not None:
            keep_material(module=module, file=_paper(name, about, lines), about=about, by=by, now=now)


def _paper(name: str, title: str, lines: tuple[str, ...]) -> Any:
    return check_upload(_Handed(name, render(TEMPLATE, {"title": title, "lines": lines})))


class _Handed(io.BytesIO):
    """A file as a form hands it over."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name: str | None = name
        self.size: int | None = len(content)
