"""Addresses of partners and of duplicates."""

from django.urls import path

from traboule.web.coordinator import duplicates, partners

urlpatterns = [
    path("partners/", partners.partners, name="partners"),
    path("partners/new/", partners.partner_new, name="partner_new"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("partners/<int:pk>/edit/", partners.partner_edit, name="partner_edit"),
    path("partners/<int:pk>/invite/", partners.referrer_invite, name="referrer_invite"),
    path("partners/advisers/<int:pk>/close/", partners.referrer_close, name="referrer_close"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:first>/<int:second>/", duplicates.duplicate, name="duplicate"),
    path(
        "duplicates/<int:first>/<int:second>/two/", duplicates.duplicate_not_same, name="duplicate_not_same"
    ),
    path("duplicates/joined/<int:pk>/undo/", duplicates.merge_undo, name="merge_undo"),
]
