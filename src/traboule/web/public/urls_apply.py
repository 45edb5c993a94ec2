"""Addresses of the application forms."""

from django.urls import path

from traboule.web.public import apply, apply_codes

urlpatterns = [
    path("apply/go-on/", apply_codes.apply_resume, name="apply_resume"),
    path("apply/<slug:place>/<slug:side>/", apply.apply_start, name="apply_start"),
    path("apply/<slug:place>/<slug:side>/check/", apply.apply_check, name="apply_check"),
    path("apply/<slug:place>/<slug:side>/thank-you/", apply.apply_done, name="apply_done"),
    path("apply/<slug:place>/<slug:side>/code/", apply_codes.apply_code, name="apply_code"),
    path("apply/<slug:place>/<slug:side>/<slug:group>/", apply.apply_step, name="apply_step"),
]
