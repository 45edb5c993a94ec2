"""All addresses. Pages belong to ``traboule.web``; sign-in to allauth, without its passwords."""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

from traboule.web.limits import limited

# allauth names these addresses in its own redirects; there are no passwords and nobody signs up alone.
elsewhere = RedirectView.as_view(pattern_name="accounts_root")
absent = ("email", "email_verification_sent", "change_password", "set_password", "reset_password")

ask_for_code = limited("code", target="email")(account.request_login_code)

accounts = [
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="accounts_root"),
    path("login/", ask_for_code, name="account_login"),
    path("login/code/", ask_for_code, name="account_request_login_code"),
    path(
        "login/code/confirm/", limited("code")(account.confirm_login_code), name="account_confirm_login_code"
    ),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("signup/", account.signup, name="account_signup"),
    *(path(f"{name.replace('_', '-')}/", elsewhere, name=f"account_{name}") for name in absent),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]

urlpatterns = [
    path("accounts/", include(accounts)),
    path("api/", include("traboule.api.urls")),
    path("", include("traboule.web.urls")),
]
