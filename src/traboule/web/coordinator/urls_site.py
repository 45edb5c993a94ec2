"""Addresses of the texts of the public pages."""

from django.urls import path

from traboule.web.coordinator import site_contact
from traboule.web.coordinator import site_texts as site

urlpatterns = [
    path("site/", site.site_texts, name="site_texts"),
    path("site/contact/", site_contact.site_contact_edit, name="site_contact_edit"),
    path("site/text/", site.site_text, name="site_text"),
    path("site/figures/new/", site.site_figure_new, name="site_figure_new"),
    path("site/figures/<int:pk>/", site.site_figure, name="site_figure"),
]
