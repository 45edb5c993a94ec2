"""Addresses of the referrer's pages."""

from django.urls import path

from traboule.web.referrer import referrals

urlpatterns = [
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/new/", referrals.referral_new, name="referral_new"),
    path("referrals/new/rest/", referrals.referral_rest, name="referral_rest"),
    path("referrals/drop/", referrals.referral_drop, name="referral_drop"),
]
