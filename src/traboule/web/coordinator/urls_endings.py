"""Addresses of changes and endings of a duo, and of starting again."""

from django.urls import path

from traboule.web.coordinator import again, endings, endings_closing

urlpatterns = [
    path("duos/<int:pk>/end/<str:how>/", endings.duo_end, name="duo_end"),
    path("duos/<int:pk>/why/<str:side>/", endings.duo_end_word, name="duo_end_word"),
    path("duos/<int:pk>/rest/", endings.duo_rest, name="duo_rest"),
    path("duos/<int:pk>/longer/", endings.duo_extend, name="duo_extend"),
    path("duos/longer/<int:pk>/act/", endings.extension_act, name="extension_act"),
    path("duos/<int:pk>/closing-talk/", endings_closing.closing_talk, name="closing_talk"),
    path("duos/<int:pk>/next/", endings_closing.mentor_choice, name="mentor_choice"),
    path("duos/<int:pk>/certificates/", endings_closing.duo_certify, name="duo_certify"),
    path(
        "duos/<int:pk>/certificates/<str:side>.pdf", endings_closing.duo_certificate, name="duo_certificate"
    ),
    path("again/", again.again, name="again"),
]
