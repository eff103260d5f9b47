from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from resources.models.roles import make_groups


def make(apps, schema_editor):
    """Conditions are written by the workspace's verbs alone: the groups only look at their rows."""
    create_permissions(installed.get_app_config("conditions"), apps=installed, using=schema_editor.connection.alias, verbosity=0)
    make_groups(installed)


class Migration(migrations.Migration):
    dependencies = [("resources", "0017_spreadsheets"), ("conditions", "0006_revisions")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
