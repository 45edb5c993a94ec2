"""Addresses of messages and their templates."""

from django.urls import path

from traboule.web.coordinator import message_texts, messages

urlpatterns = [
    path("messages/", messages.messages, name="messages"),
    path("messages/texts/", message_texts.message_templates, name="message_templates"),
    path(
        "messages/texts/<str:kind>/<str:language>/", message_texts.message_template, name="message_template"
    ),
    path(
        "messages/texts/<str:kind>/<str:language>/edit/",
        message_texts.message_template_edit,
        name="message_template_edit",
    ),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("messages/<int:pk>/act/", messages.message_act, name="message_act"),
    path("messages/<int:pk>/letter.pdf", messages.message_letter, name="message_letter"),
]
