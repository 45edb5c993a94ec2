"""Invented people and what they said: French, as the demo is."""

from traboule.apps.applications.enums import ApplicationState as State

# First name, last name, language, age, where the application stands.
NEWCOMERS: tuple[tuple[str, str, str, int, str], ...] = (
    ("Selam", "Tesfay", "ti", 22, State.TALK_PLANNED),
    ("Omid", "Rahimi", "fr", 24, State.TALK_PLANNED),
    ("Daryna", "Kovalenko", "uk", 29, State.TALK_HELD),
    ("Samir", "Haddad", "ar", 31, State.TALK_HELD),
    ("Lucía", "Quispe", "es", 26, State.DEFERRED),
    ("Bilal", "Sherzad", "fr", 19, State.SENT),
    ("Awa", "Diallo", "fr", 35, State.REFUSED),
    ("Yonas", "Gebre", "ti", 23, State.SENT),
    ("Hanan", "Mansour", "ar", 27, State.DEFERRED),
    ("Moussa", "Camara", "fr", 21, State.REFUSED),
)
PLACES = ("12 avenue du Plateau, 1er étage", "+33 6 12 34 56 78", "https://visio.example.org/accueil")
SAID_MENTEE: tuple[dict[str, str], ...] = (
    {
        "path": "Lycée jusqu’à 17 ans, puis deux ans dans l’atelier de couture de sa tante.",
        "plan": "« La vente, ou avec les mains. Je ne sais pas encore. »",
        "six_months": "« Avoir un CV que je comprends, et un entretien. »",
        "hard": "Raconte un bus raté : a appelé, a pris le suivant, est arrivée dix minutes en retard.",
        "needs": "CV, vocabulaire du travail.",
    },
    {
        "path": "Licence de comptabilité, trois ans dans une banque.",
        "plan": "« Aide-comptable, pour commencer. »",
        "worry": "« Que l’on me parle trop vite. »",
        "meeting": "Parle longtemps de son premier chef ; a noté ses conseils dans un carnet, l’a montré.",
        "strengths": "Chiffres, tableurs, patience.",
    },
)
SAID_MENTOR: tuple[dict[str, str], ...] = (
    {
        "path": "Trente ans aux achats d’un équipementier, chef d’équipe les dix derniers.",
        "why": "« On m’a ouvert une porte à vingt ans. C’est mon tour. »",
        "late": "« Je demande ce qui se passe, puis on décide ensemble d’une heure. »",
        "strengths": "Entretiens, réseau industriel.",
        "limits": "Pas de démarches administratives.",
    },
    {
        "path": "Infirmière, puis cadre de santé. Retraitée depuis janvier.",
        "why": "« Le contact me manque. »",
        "other_view": "Cite une collègue venue du Mali ; dit ce qu’elle a appris d’elle, pas l’inverse.",
        "strengths": "Écoute, métiers du soin.",
    },
)
