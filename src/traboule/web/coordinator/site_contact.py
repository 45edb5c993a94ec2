"""How the team is reached, as staff write it for the public contact page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traboule.apps.branches.actions import write_contact
from traboule.apps.branches.forms import ContactForm
from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page, posted


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page(Permission.SITE_WRITE)
def site_contact_edit(request: HttpRequest, here: Here) -> HttpResponse:
    """Write phone, e-mail and street of the team; what is empty is not shown."""
    branch = here.branch
    now = {"phone": branch.contact_phone, "email": branch.contact_email, "street": branch.contact_street}
    form = ContactForm(posted(request), initial=now)
    if request.method == "POST" and form.is_valid():
        write_contact(branch=branch, **form.cleaned_data, by=here.actor, now=here.now)
        messages.success(request, _("It is written. Visitors read it now."))
        return redirect("site_texts", branch.slug)
    context = {
        "here": here,
        "form": form,
        "title": _("How to reach the team"),
        "lede": _("Shown to everybody on the contact page. Use a number of the team, not your own."),
        "back": reverse("site_texts", args=[branch.slug]),
        "back_text": _("Public pages"),
    }
    return render(request, "coordinator/plain_form.html", context, status=422 if form.errors else 200)
