"""Addresses that people and machines outside reach about messages."""

from django.urls import path

from traboule.web.public import hooks, messages

urlpatterns = [
    path("stop/<str:signed>/", messages.message_stop, name="message_stop"),
    path("hooks/sms/", hooks.sms_hook, name="sms_hook"),
    path("hooks/sms/twilio/", hooks.twilio_answer, name="twilio_answer"),
    path("hooks/sms/twilio/<str:uid>/", hooks.twilio_report, name="twilio_report"),
    path("hooks/mail/", hooks.mail_hook, name="mail_hook"),
]
