from django import template
from django.utils.translation import gettext as _

register = template.Library()
# In this order: Edge calls itself Chrome too, and Chrome Safari; Android calls itself Linux.
BROWSERS = {"Firefox": "Firefox", "Edg": "Edge", "OPR": "Opera", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux"}


@register.filter
def device(user_agent):
    """
    >>> device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox on Linux'
    >>> device("curl/8.5")
    'Unknown browser on unknown system'
    """
    browser = next((name for mark, name in BROWSERS.items() if f"{mark}/" in user_agent), _("Unknown browser"))
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), _("unknown system"))
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
