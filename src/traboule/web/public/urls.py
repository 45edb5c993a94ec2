"""Addresses that need no branch."""

from django.urls import path

from traboule.web.components.gallery import gallery
from traboule.web.doors import open_door
from traboule.web.public import entrance, guide, preferences, reading

urlpatterns = [
    path("", entrance.home, name="home"),
    path("l/<str:secret>/", open_door, name="door"),
    path("demo/", entrance.demo_sign_in, name="demo_sign_in"),
    path("language/", preferences.set_language, name="set_language"),
    path("size/", preferences.set_size, name="set_size"),
    path("branch/", preferences.branch_switch, name="branch_switch"),
    path("guide/", guide.guide, name="guide"),
    path("guide/pictures/<str:name>", guide.guide_picture, name="guide_picture"),
    path("guide/<slug:name>/", guide.guide_page, name="guide_page"),
    path("credits/", reading.credits, name="credits"),
    path("roles/", reading.roles, name="roles"),
    path("mails/", reading.dev_mail, name="dev_mail"),
    path("gallery/", gallery, name="gallery"),
]
