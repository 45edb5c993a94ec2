"""Addresses of the mentee's pages; mentors have the same place."""

from django.urls import path

from traboule.web.mentee import place

urlpatterns = [path("me/", place.my_place, name="my_place")]
