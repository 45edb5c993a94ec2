"""Every page has one address and one name. Pages of a branch carry it in the path: /b/<branch>/…"""

from django.urls import path

from traboule.web.components.gallery import gallery

urlpatterns = [
    path("gallery/", gallery, name="gallery"),
]
