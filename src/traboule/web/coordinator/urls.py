"""Addresses of the pages of a branch."""

from django.urls import path

from traboule.web.coordinator import edit, export, imports, people, person, team, today, wishes

urlpatterns = [
    path("today/", today.today, name="today"),
    path("people/", people.people, name="people"),
    path("people/export.csv", export.people_export, name="people_export"),
    path("people/import/", imports.people_import, name="people_import"),
    path("people/import/<int:pk>/columns/", imports.people_import_map, name="people_import_map"),
    path("people/import/<int:pk>/rows/", imports.people_import_preview, name="people_import_preview"),
    path("people/new-mentor/", edit.mentor_new, name="mentor_new"),
    path("people/new-mentee/", edit.mentee_new, name="mentee_new"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/edit/", edit.person_edit, name="person_edit"),
    path("people/<int:pk>/not-to-meet/", wishes.not_to_meet, name="not_to_meet"),
    path("people/<int:pk>/pause/", person.person_pause, name="person_pause"),
    path("people/<int:pk>/resume/", person.person_resume, name="person_resume"),
    path("people/<int:pk>/archive/", person.person_archive, name="person_archive"),
    path("people/<int:pk>/notes/", person.person_note, name="person_note"),
    path("people/<int:pk>/steps/<int:note>/", person.step_finish, name="step_finish"),
    path("team/", team.team, name="team"),
    path("team/invite/", team.team_invite, name="team_invite"),
    path("team/<int:pk>/role/", team.team_role, name="team_role"),
    path("team/roles/<int:pk>/take-back/", team.team_revoke, name="team_revoke"),
]
