from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from resources.models.roles import make_groups

UNKNOWN = "Handled before decisions were kept with their reasons."


def copy_reports(apps, schema_editor):
    """Readers' reports become proposals; those that were handled are accepted, by nobody we know."""
    ProblemReport, Proposal = apps.get_model("resources", "ProblemReport"), apps.get_model("resources", "Proposal")
    reports = list(ProblemReport.objects.order_by("pk"))
    made = Proposal.objects.bulk_create(
        Proposal(
            origin="reader",
            resource_id=report.resource_id,
            problem=report.problem,
            page=report.page,
            note=report.message,
            state="accepted" if report.handled_at else "open",
            decided_at=report.handled_at,
            reason=UNKNOWN if report.handled_at else "",
        )
        for report in reports
    )
    for proposal, report in zip(made, reports, strict=True):
        proposal.at = report.reported_at  # auto_now_add had put today's in its place
    Proposal.objects.bulk_update(made, ["at"], batch_size=500)


def renew_groups(apps, schema_editor):
    create_permissions(installed.get_app_config("resources"), apps=installed, using=schema_editor.connection.alias, verbosity=0)
    make_groups(installed)


class Migration(migrations.Migration):
    dependencies = [("resources", "0013_errands")]
    operations = [
        migrations.AddField(
            model_name="proposal",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_listed", "We do not list such things"),
                    ("seen_before", "It was looked at before"),
                    ("listed", "It is listed already"),
                    ("unconfirmed", "Nobody could confirm it"),
                    ("mistaken", "The listing is right as it is"),
                    ("not_serious", "It is advertising, or not meant seriously"),
                    ("other", "Another reason"),
                ],
                help_text="Why it was turned down, for finding it again.",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["-decided_at", "-id"], name="proposal_decided"),
        ),
        # Going back leaves what was copied where it is: nothing is lost.
        migrations.RunPython(copy_reports, migrations.RunPython.noop),
        migrations.RunPython(renew_groups, migrations.RunPython.noop),
        migrations.DeleteModel(name="ProblemReport"),
    ]
