"""Addresses of information sessions and of the places of a branch."""

from django.urls import path

from traboule.web.coordinator import venues

urlpatterns = [
    path("places/", venues.venues, name="venues"),
    path("places/new/", venues.venue_new, name="venue_new"),
    path("places/<int:pk>/edit/", venues.venue_edit, name="venue_edit"),
    path("places/<int:pk>/rooms/new/", venues.room_new, name="room_new"),
    path("places/rooms/<int:pk>/edit/", venues.room_edit, name="room_edit"),
]
