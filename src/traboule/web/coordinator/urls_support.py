"""Addresses of what supports duos: check-ins, who is away, calls, concerns."""

from django.urls import path

from traboule.web.coordinator import support, support_absences, support_concerns, support_settings

urlpatterns = [
    path("support/", support.support, name="support"),
    path("support/check-ins/<int:pk>/", support.check_in, name="check_in"),
    path("support/check-ins/<int:pk>/<str:side>/", support.check_in_hold, name="check_in_hold"),
    path("support/advice/<int:pk>/", support.advice, name="advice"),
    path("support/away/<int:pk>/", support_absences.absence, name="absence"),
    path("support/away/<int:pk>/back/", support_absences.absence_back, name="absence_back"),
    path("support/duos/<int:pk>/away/", support_absences.absence_new, name="absence_new"),
    path("support/duos/<int:pk>/substitute/end/", support_absences.substitute_end, name="substitute_end"),
    path("support/rhythm/", support_settings.rhythm, name="support_rhythm"),
    path("support/questions/", support_settings.questions, name="support_questions"),
    path("concerns/", support_concerns.concerns, name="concerns"),
    path("concerns/tell/", support_concerns.concern_new, name="concern_new"),
    path("concerns/<int:pk>/", support_concerns.concern, name="concern"),
    path("concerns/<int:pk>/pause/", support_concerns.concern_pause, name="concern_pause"),
    path("concerns/<int:pk>/close/", support_concerns.concern_close, name="concern_close"),
]
