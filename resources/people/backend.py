"""Who somebody is, and what they may do."""

from allauth.account.auth_backends import AuthenticationBackend


class RoleBackend(AuthenticationBackend):
    """People hold rights by their role, a group; none are given to a person alone. That spares a query on every page."""

    def _get_user_permissions(self, user_obj):
        return user_obj.user_permissions.model.objects.none()
