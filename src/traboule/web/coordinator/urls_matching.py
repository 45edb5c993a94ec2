"""Addresses of the matching table, the proposals; each stands under /b/<branch>/."""

from django.urls import path

from traboule.web.coordinator import decide, proposal_letters, proposals, table, whatif

urlpatterns = [
    path("table/", table.table, name="table"),
    path("table/run/", table.table_run, name="table_run"),
    path("table/decisions/<int:rule>/drop/", table.table_drop, name="table_drop"),
    path("table/<int:mentee>/<int:mentor>/", decide.option, name="table_option"),
    path("table/<int:mentee>/<int:mentor>/changes/", whatif.what_if, name="table_whatif"),
    path("table/<int:mentee>/<int:mentor>/lock/", decide.lock, name="table_lock"),
    path("table/<int:mentee>/<int:mentor>/forbid/", decide.forbid, name="table_forbid"),
    path("table/proposals/", proposals.proposals, name="proposals"),
    path("table/proposals/export.csv", proposals.export, name="proposals_export"),
    path("table/proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("table/proposals/<int:pk>/answer/", proposals.proposal_answer, name="proposal_answer"),
    path("table/proposals/<int:pk>/send/", proposal_letters.proposal_send, name="proposal_send"),
    path("table/proposals/<int:pk>/told/", proposals.proposal_told, name="proposal_told"),
    path("table/proposals/<int:pk>/undo/", proposals.proposal_undo, name="proposal_undo"),
]
