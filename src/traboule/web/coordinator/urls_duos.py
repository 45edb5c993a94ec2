"""Addresses of duos: the list, one duo, and what follows it through the six months."""

from django.urls import path

from traboule.web.coordinator import duo_meetings, duos, hand_over

urlpatterns = [
    path("duos/", duos.duos, name="duos"),
    path("duos/export.csv", duos.export, name="duos_export"),
    path("duos/<int:pk>/", duos.duo, name="duo"),
    path("duos/<int:pk>/rhythm/", duo_meetings.duo_rhythm, name="duo_rhythm"),
    path("duos/<int:pk>/meetings/new/", duo_meetings.meeting_note, name="meeting_note"),
    path("meetings/<int:pk>/settle/", duo_meetings.meeting_settle, name="meeting_settle"),
    path("meetings/<int:pk>/phone/<str:side>/", duo_meetings.meeting_phone, name="meeting_phone"),
    path("team/<int:pk>/duos/", hand_over.team_hand_over, name="team_hand_over"),
]
