from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.core.management import call_command
from django.db import migrations, models

from resources.models.roles import make_groups


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def renew_groups(apps, schema_editor):
    create_permissions(installed.get_app_config("resources"), apps=installed, using=schema_editor.connection.alias, verbosity=0)
    make_groups(installed)


def keep(apps, schema_editor):
    """Going back leaves the table and the permissions: they hurt nobody."""


class Migration(migrations.Migration):
    dependencies = [("resources", "0008_links")]
    operations = [
        migrations.AlterModelOptions(
            name="resource",
            options={
                "ordering": ["name", "pk"],
                "permissions": [
                    ("edit_listing", "Can write drafts and edit listings"),
                    ("submit_listing", "Can submit a draft for review"),
                    ("check_listing", "Can record a check with the provider"),
                    ("decide_proposal", "Can decide on proposals"),
                    ("send_back_listing", "Can send a listing back"),
                    ("publish_listing", "Can publish a listing"),
                    ("retire_listing", "Can retire a listing"),
                    ("restore_listing", "Can restore an earlier revision"),
                    ("merge_listing", "Can merge duplicates"),
                    ("import_listing", "Can import listings from a file"),
                    ("invite_person", "Can invite people"),
                ],
            },
        ),
        migrations.AddField(
            model_name="signin",
            name="how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("password", "password"),
                    ("totp", "code of an app"),
                    ("webauthn", "passkey or security key"),
                    ("recovery_codes", "recovery code"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(make_cache_table, keep),
        migrations.RunPython(renew_groups, keep),
    ]
