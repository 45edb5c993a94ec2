"""Documents on the page of a person: hand in, take out, remove."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.apps.people import actions, queries
from traboule.apps.people.enums import Permission
from traboule.apps.people.forms import DocumentForm
from traboule.core.reading import writes_on_get
from traboule.core.uploads import file_answer
from traboule.web.access import Here, branch_page


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.NOTES_SEE)
def person_documents(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show what a person shared; take one more."""
    found = queries.find_person(actor=here.actor, branch=here.branch, pk=pk)
    is_sent = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES) if is_sent else DocumentForm()
    if is_sent and form.is_valid():
        said = form.cleaned_data
        actions.keep_document(
            person=found, file=said["file"], about=said["about"], by=here.actor, now=here.now
        )
        messages.success(request, _("The document is kept."))
        return redirect(reverse("person_documents", args=[here.branch.slug, pk]))
    context = {
        "here": here,
        "person": found,
        "form": form,
        "documents": queries.documents_of(actor=here.actor, person=found),
        "may_write": here.may(Permission.NOTES_WRITE),
    }
    return render(request, "rights/documents.html", context, status=422 if form.errors else 200)


@writes_on_get("who took a document out is written down")
@require_safe
@branch_page(Permission.NOTES_SEE)
def person_document(request: HttpRequest, here: Here, pk: int, document: int) -> HttpResponse:
    """Hand a document out, to keep; write down who took it."""
    found = queries.find_document(actor=here.actor, branch=here.branch, person=pk, pk=document)
    if request.method == "GET":
        actions.read_document(document=found, by=here.actor, now=here.now)
    return file_answer(found)


@require_POST
@branch_page(Permission.NOTES_WRITE)
def person_document_drop(request: HttpRequest, here: Here, pk: int, document: int) -> HttpResponse:
    """Remove a document."""
    found = queries.find_document(
        actor=here.actor, branch=here.branch, person=pk, pk=document, permission=Permission.NOTES_WRITE
    )
    actions.drop_document(document=found, by=here.actor, now=here.now)
    messages.success(request, _("The document is gone."))
    return redirect(reverse("person_documents", args=[here.branch.slug, pk]))
