"""Addresses of the exchange of practice: groups of mentors and their gatherings."""

from django.urls import path

from traboule.web.coordinator import exchange, gatherings

urlpatterns = [
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/groups/new/", exchange.group_new, name="exchange_group_new"),
    path("exchange/groups/<int:pk>/", exchange.group, name="exchange_group"),
    path("exchange/groups/<int:pk>/edit/", exchange.group_edit, name="exchange_group_edit"),
    path("exchange/groups/<int:pk>/members/", exchange.group_members, name="exchange_group_members"),
    path("exchange/groups/<int:pk>/close/", exchange.group_close, name="exchange_group_close"),
    path("exchange/groups/<int:pk>/plan/", gatherings.plan, name="gathering_new"),
    path("exchange/<int:pk>/", gatherings.gathering, name="gathering"),
    path("exchange/<int:pk>/attendance/", gatherings.attendance, name="gathering_attendance"),
    path("exchange/<int:pk>/attendance/rows/", gatherings.attendance_rows, name="gathering_attendance_rows"),
    path(
        "exchange/<int:pk>/attendance/worker.js",
        gatherings.attendance_worker,
        name="gathering_attendance_worker",
    ),
    path("exchange/<int:pk>/cancel/", gatherings.cancel, name="gathering_cancel"),
]
