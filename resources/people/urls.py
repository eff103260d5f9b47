"""`ACCOUNT` is everybody's own account, mostly allauth's views; there is no sign-up. `WORK` are the workspace's pages about people."""

from allauth.account import views as allauth_views
from django.urls import include, path
from django.views.generic import TemplateView

from . import views

ACCOUNT = [
    path("", views.account, name="account"),
    path("sign-in/", allauth_views.login, name="account_login"),
    path("sign-out/", allauth_views.logout, name="account_logout"),
    path("deactivated/", allauth_views.account_inactive, name="account_inactive"),
    path("confirm/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth_views.password_change, name="account_change_password"),
    path("forgotten/", TemplateView.as_view(template_name="account/forgotten.html"), name="account_reset_password"),
    path("welcome/<uidb64>/<token>/", views.Welcome.as_view(), name="password_reset_confirm"),
    path("second-step/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
WORK = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/<slug:verb>/", views.act, name="person_act"),
]
