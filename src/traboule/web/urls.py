"""Every page has one address and one name. Pages of a branch carry it in the path: /b/<branch>/…"""

from django.urls import include, path

urlpatterns = [
    path("", include("traboule.web.public.urls")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_matching")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_duos")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_warning")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_support")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_endings")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_arrivals")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_sessions")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_talks")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_training")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_exchange")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_expenses")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_impact")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_messages")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_partners")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_rights")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_site")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_branch")),
    path("b/<slug:slug>/", include("traboule.web.referrer.urls")),
    path("", include("traboule.web.public.urls_site")),
    path("", include("traboule.web.public.urls_apply")),
    path("", include("traboule.web.public.urls_sessions")),
    path("", include("traboule.web.public.urls_references")),
    path("", include("traboule.web.public.urls_messages")),
    path("", include("traboule.web.mentee.urls")),
    path("", include("traboule.web.mentor.urls")),
    path("", include("traboule.web.duo.urls")),
]
