"""Addresses of screening, training and readiness."""

from django.urls import path

from traboule.web.coordinator import (
    readiness,
    screening,
    trainers,
    training,
    training_attendance,
    training_edit,
    training_modules,
    training_sessions,
)

urlpatterns = [
    path("training/", training.training, name="training"),
    path("training/sessions/", training.training_sessions, name="training_sessions"),
    path("training/sessions/new/", training.training_session_new, name="training_session_new"),
    path("training/sessions/<int:pk>/", training_sessions.training_session, name="training_session"),
    path(
        "training/sessions/<int:pk>/attendance/",
        training_attendance.training_attendance,
        name="training_attendance",
    ),
    path(
        "training/sessions/<int:pk>/attendance/rows/",
        training_attendance.training_attendance_rows,
        name="training_attendance_rows",
    ),
    path(
        "training/sessions/<int:pk>/attendance/worker.js",
        training_attendance.training_attendance_worker,
        name="training_attendance_worker",
    ),
    path("training/trainers/", trainers.trainers, name="trainers"),
    path("training/trainers/<int:pk>/agenda/", trainers.trainer_agenda, name="trainer_agenda"),
    path("training/trainers/<int:pk>/remove/", trainers.trainer_drop, name="trainer_drop"),
    path("training/sessions/<int:pk>/enrol/", training_sessions.training_enrol, name="training_enrol"),
    path(
        "training/sessions/<int:pk>/seats/<int:seat>/give-back/",
        training_sessions.training_seat_back,
        name="training_seat_back",
    ),
    path("training/sessions/<int:pk>/sheet/", training_sessions.training_sheet, name="training_sheet"),
    path(
        "training/sessions/<int:pk>/sheet/seen/",
        training_sessions.training_sheet_seen,
        name="training_sheet_seen",
    ),
    path(
        "training/sessions/<int:pk>/edit/", training_edit.training_session_edit, name="training_session_edit"
    ),
    path("training/sessions/<int:pk>/cancel/", training_sessions.training_cancel, name="training_cancel"),
    path("training/exchange/", training.training_exchange, name="training_exchange"),
    path("training/modules/", training_modules.training_modules, name="training_modules"),
    path("training/modules/start/", training_modules.training_modules_start, name="training_modules_start"),
    path("training/modules/new/", training_modules.training_module_new, name="training_module_new"),
    path("training/modules/<int:pk>/", training_modules.training_module, name="training_module"),
    path("training/modules/<int:pk>/materials/", trainers.training_materials, name="training_materials"),
    path(
        "training/modules/<int:pk>/materials/<int:material>/",
        trainers.training_material,
        name="training_material",
    ),
    path(
        "training/modules/<int:pk>/materials/<int:material>/remove/",
        trainers.training_material_drop,
        name="training_material_drop",
    ),
    path("training/mentors/<int:pk>/", readiness.mentor_path, name="mentor_path"),
    path("training/mentors/<int:pk>/ready/", readiness.mentor_ready, name="mentor_ready"),
    path("training/mentors/<int:pk>/dates/", readiness.mentor_dates, name="mentor_dates"),
    path(
        "training/mentors/<int:pk>/certificate.pdf",
        readiness.training_certificate,
        name="training_certificate",
    ),
    path(
        "training/mentors/<int:pk>/conditions/<slug:condition>/",
        readiness.mentor_waive,
        name="mentor_waive",
    ),
    path("screening/<int:pk>/identity/", screening.screening_identity, name="screening_identity"),
    path("screening/<int:pk>/references/new/", screening.reference_new, name="reference_new"),
    path("screening/references/<int:pk>/", screening.reference, name="reference"),
    path("screening/references/<int:pk>/withdraw/", screening.reference_withdraw, name="reference_withdraw"),
    path("screening/<int:pk>/check/ask/", screening.check_ask, name="check_ask"),
    path("screening/checks/<int:pk>/", screening.check_note, name="check_note"),
    path("screening/checks/<int:pk>/approve/", screening.check_approve, name="check_approve"),
]
