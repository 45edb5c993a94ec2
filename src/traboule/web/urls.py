"""Every page has one address and one name. Pages of a branch carry it in the path: /b/<branch>/…"""

from django.urls import include, path

urlpatterns = [
    path("", include("traboule.web.public.urls")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls")),
    path("b/<slug:slug>/", include("traboule.web.coordinator.urls_matching")),
]
