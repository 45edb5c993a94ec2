"""Addresses of bookings."""

from django.urls import path

from traboule.web.public import sessions

urlpatterns = [
    path("sessions/<slug:branch>/", sessions.public_sessions, name="public_sessions"),
    path("sessions/<slug:branch>/<int:pk>/", sessions.public_session, name="public_session"),
]
