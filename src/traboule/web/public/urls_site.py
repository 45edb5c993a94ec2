"""Addresses of the public pages of a branch: under /at/, which no other page uses."""

from django.urls import path

from traboule.web.public import site

urlpatterns = [
    path("at/", site.site_places, name="site_places"),
    path("at/<slug:place>/", site.site_home, name="site_home"),
    path("at/<slug:place>/mentor/", site.site_mentor, name="site_mentor"),
    path("at/<slug:place>/mentee/", site.site_mentee, name="site_mentee"),
    path("at/<slug:place>/contact/", site.site_contact, name="site_contact"),
]
