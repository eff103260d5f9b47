import django.db.models.deletion
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from resources.models.roles import make_groups


def renew_groups(apps, schema_editor):
    create_permissions(installed.get_app_config("resources"), apps=installed, using=schema_editor.connection.alias, verbosity=0)
    make_groups(installed)


def keep(apps, schema_editor):
    """Going back leaves the permissions: they hurt nobody."""


class Migration(migrations.Migration):
    dependencies = [("resources", "0011_draft"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=2000)),
                ("shared", models.BooleanField(default=False, verbose_name="share with everybody")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="saved_views", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "name"),
                        name="saved_view_once",
                        violation_error_message="You have a view of this name already.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="resource", index=models.Index(fields=["state", "next_check_on"], name="resource_state_due")
        ),
        migrations.AddIndex(model_name="resource", index=models.Index(fields=["name", "id"], name="resource_name")),
        migrations.RunPython(renew_groups, keep),
    ]
