"""Addresses of information sessions and of the places of a branch."""

from django.urls import path

from traboule.web.coordinator import session_attendance, session_bookings, sessions, venues

urlpatterns = [
    path("sessions/", sessions.info_sessions, name="info_sessions"),
    path("sessions/new/", sessions.info_session_new, name="info_session_new"),
    path("sessions/<int:pk>/", sessions.info_session, name="info_session"),
    path("sessions/<int:pk>/edit/", sessions.info_session_edit, name="info_session_edit"),
    path("sessions/<int:pk>/copy/", sessions.info_session_copy, name="info_session_copy"),
    path("sessions/<int:pk>/call-off/", sessions.info_session_cancel, name="info_session_cancel"),
    path("sessions/<int:pk>/add/", session_bookings.booking_new, name="booking_new"),
    path("sessions/bookings/<int:pk>/move/", session_bookings.booking_move, name="booking_move"),
    path("sessions/bookings/<int:pk>/cancel/", session_bookings.booking_cancel, name="booking_cancel"),
    path("sessions/<int:pk>/attendance/", session_attendance.attendance, name="session_attendance"),
    path(
        "sessions/<int:pk>/attendance/rows/",
        session_attendance.attendance_rows,
        name="session_attendance_rows",
    ),
    path(
        "sessions/<int:pk>/attendance/worker.js",
        session_attendance.attendance_worker,
        name="session_attendance_worker",
    ),
    path(
        "sessions/<int:pk>/attendance/walk-in/",
        session_attendance.attendance_walk_in,
        name="session_walk_in",
    ),
    path("sessions/<int:pk>/sheet/", session_attendance.attendance_sheet, name="session_sheet"),
    path("places/", venues.venues, name="venues"),
    path("places/new/", venues.venue_new, name="venue_new"),
    path("places/<int:pk>/edit/", venues.venue_edit, name="venue_edit"),
    path("places/<int:pk>/rooms/new/", venues.room_new, name="room_new"),
    path("places/rooms/<int:pk>/edit/", venues.room_edit, name="room_edit"),
]
