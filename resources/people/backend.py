"""Who somebody is, and what they may do."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class RoleBackend(AuthenticationBackend):
    """People hold rights by their role, a group; none are given to a person alone. That spares a query on every page."""

    def get_user(self, user_id):
        """With `has_second_factor`, which every page of the workspace asks: so it costs no query of its own."""
        second = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS))
        person = User.objects.annotate(has_second_factor=second).filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

    def _get_user_permissions(self, user_obj):
        return user_obj.user_permissions.model.objects.none()
