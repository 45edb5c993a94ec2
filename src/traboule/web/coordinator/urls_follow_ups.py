"""Addresses of follow-up: the lists of a branch, one with its call, when a branch asks."""

from django.urls import path

from traboule.web.coordinator import follow_ups

urlpatterns = [
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/months/", follow_ups.follow_up_months, name="follow_up_months"),
    path("follow-ups/<int:pk>/", follow_ups.follow_up, name="follow_up"),
]
