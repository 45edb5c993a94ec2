"""Addresses that people and machines outside reach about messages."""

from django.urls import path

from traboule.web.public import messages

urlpatterns = [
    path("stop/<str:signed>/", messages.message_stop, name="message_stop"),
    path("hooks/sms/", messages.sms_hook, name="sms_hook"),
    path("hooks/mail/", messages.mail_hook, name="mail_hook"),
]
