from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def second_factor_is_required(app_configs, **kwargs):
    if settings.SECOND_FACTOR:
        return []
    return [Error("SECOND_FACTOR is off: curators and staff could work by a password alone.", hint="Unset it.", id="people.E001")]
