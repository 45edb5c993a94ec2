"""Addresses of the pages that the two of a duo have in common, and what programs read of theirs."""

from django.urls import path

from traboule.web.duo import calendar_feed, log_worker

urlpatterns = [
    path("calendar/<str:secret>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
    path("log-worker.js", log_worker.log_worker, name="log_worker"),
]
