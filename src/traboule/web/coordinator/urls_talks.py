"""Addresses of talks, eligibility and decisions."""

from django.urls import path

from traboule.web.coordinator import (
    decisions,
    eligibility,
    eligibility_rules,
    talk_guide,
    talk_notes,
    talk_slots,
    talks,
)

urlpatterns = [
    path("talks/", talks.talk_list, name="talks"),
    path("talks/agreement/", talks.talk_calibration, name="talk_calibration"),
    path("talks/guide/<slug:side>/", talk_guide.talk_guide, name="talk_guide"),
    path("talks/guide/<slug:side>/edit/", talk_guide.talk_guide_edit, name="talk_guide_edit"),
    path("talks/plan/<int:pk>/", talks.talk_plan, name="talk_plan"),
    path("talks/<int:pk>/", talks.talk, name="talk"),
    path("talks/<int:pk>/move/", talks.talk_move, name="talk_move"),
    path("talks/<int:pk>/slots/", talk_slots.talk_slots, name="talk_slots"),
    path("talks/<int:pk>/close/", talks.talk_close, name="talk_close"),
    path("talks/<int:pk>/begin/", talk_notes.talk_start, name="talk_start"),
    path("talks/<int:pk>/notes/", talk_notes.talk_notes, name="talk_notes"),
    path("talks/<int:pk>/take-over/", talks.talk_take_over, name="talk_take_over"),
    path("talks/<int:pk>/agree/", talks.talk_agree, name="talk_agree"),
    path("eligibility/", eligibility_rules.eligibility_rules, name="eligibility_rules"),
    path("eligibility/funders/add/", eligibility_rules.funder_add, name="funder_add"),
    path("eligibility/residence/", eligibility_rules.sensitive_switch, name="sensitive_switch"),
    path("eligibility/funders/<int:pk>/", eligibility_rules.eligibility_version, name="eligibility_version"),
    path("eligibility/<int:pk>/", eligibility.eligibility, name="eligibility"),
    path("eligibility/<int:pk>/apart/", eligibility.eligibility_apart, name="eligibility_apart"),
    path("eligibility/<int:pk>/<int:rules>/", eligibility.eligibility_judge, name="eligibility_judge"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/reopen/", decisions.decision_reopen, name="decision_reopen"),
    path("decisions/made/<int:pk>/approve/", decisions.decision_approve, name="decision_approve"),
    path("decisions/made/<int:pk>/undo/", decisions.decision_undo, name="decision_undo"),
]
