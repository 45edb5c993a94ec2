"""Addresses of people's rights over their data, of their documents, and of the path in figures."""

from django.urls import path

from traboule.web.coordinator import documents, funnel, rights, rights_record, rights_retention

urlpatterns = [
    path("rights/", rights.rights, name="rights"),
    path("rights/new/<int:pk>/", rights.rights_new, name="rights_new"),
    path("rights/<int:pk>/", rights.rights_one, name="rights_one"),
    path("rights/<int:pk>/identity/", rights.rights_identity, name="rights_identity"),
    path("rights/<int:pk>/answer/", rights.rights_answer, name="rights_answer"),
    path("rights/<int:pk>/data.zip", rights.rights_export, name="rights_export"),
    path("rights/<int:pk>/consents/", rights.rights_withdraw, name="rights_withdraw"),
    path("rights/<int:pk>/erase/", rights.rights_erase, name="rights_erase"),
    path("rights/retention/", rights_retention.retention, name="retention"),
    path("rights/retention/<int:pk>/told/", rights_retention.retention_notice, name="retention_notice"),
    path("rights/hold/<int:pk>/", rights_retention.rights_hold, name="rights_hold"),
    path("rights/hold/<int:pk>/lift/", rights_retention.rights_hold_lift, name="rights_hold_lift"),
    path("processing/", rights_record.processing, name="processing"),
    path("processing/record.csv", rights_record.processing_export, name="processing_export"),
    path("people/<int:pk>/documents/", documents.person_documents, name="person_documents"),
    path("people/<int:pk>/documents/<int:document>/", documents.person_document, name="person_document"),
    path(
        "people/<int:pk>/documents/<int:document>/remove/",
        documents.person_document_drop,
        name="person_document_drop",
    ),
    path("funnel/", funnel.funnel, name="funnel"),
]
