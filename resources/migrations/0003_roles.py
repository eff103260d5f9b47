from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from resources.models.roles import make_groups


def make(apps, schema_editor):
    """Permissions are made after all migrations as a rule; the groups need them now."""
    for label in ("auth", "conditions", "resources"):
        create_permissions(installed.get_app_config(label), apps=installed, using=schema_editor.connection.alias, verbosity=0)
    make_groups(installed)


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Social worker", "Editor", "Staff"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_workflow"),
        ("conditions", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, unmake)]
