"""Address of tables for those who pay."""

from django.urls import path

from traboule.web.coordinator import funder_tables

urlpatterns = [path("tables/", funder_tables.funder_tables, name="funder_tables")]
