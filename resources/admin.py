"""The models, registered plainly."""

from django.apps import apps
from django.contrib import admin

admin.site.register(list(apps.get_app_config("resources").get_models()))
