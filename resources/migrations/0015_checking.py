import django.db.models.deletion
import django.utils.timezone
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from resources import ledger
from resources.models.roles import make_groups


def date_earlier_checks(apps, schema_editor):
    """Until now a check was written down when it was made. The triggers that keep checks as they are rest for this one statement."""
    using = schema_editor.connection.alias
    checks = apps.get_model("resources", "Check").objects.using(using)
    if checks.exists():
        ledger.unguard(using)
        checks.update(asked_at=models.F("at"))
        ledger.guard(using)


def renew_groups(apps, schema_editor):
    create_permissions(installed.get_app_config("resources"), apps=installed, using=schema_editor.connection.alias, verbosity=0)
    make_groups(installed)


def keep(apps, schema_editor):
    """Going back leaves the permissions: they hurt nobody."""


class Migration(migrations.Migration):

    dependencies = [
        ("resources", "0014_one_queue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('said', models.CharField(blank=True, choices=[('confirms', 'All of it is right'), ('corrects', 'Some of it has changed'), ('closed', 'Closed, or not to be listed')], max_length=10)),
                ('whom', models.CharField(blank=True, help_text='The role of whoever answered.', max_length=200)),
            ],
            options={
                'ordering': ['-sent_at', '-pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='check',
            options={'ordering': ['-asked_at', '-pk']},
        ),
        migrations.AddField(
            model_name='check',
            name='asked_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked'),
        ),
        migrations.RunPython(date_earlier_checks, keep),
        migrations.AddField(
            model_name='check',
            name='number',
            field=models.CharField(blank=True, help_text='The phone number that is dead.', max_length=200),
        ),
        migrations.AddField(
            model_name='check',
            name='whom',
            field=models.CharField(blank=True, help_text='Their role, such as “front desk”.', max_length=200),
        ),
        migrations.AddField(
            model_name='phone',
            name='dead_on',
            field=models.DateField(blank=True, editable=False, help_text='The day on which a caller found it dead: hidden from families since.', null=True),
        ),
        migrations.AlterField(
            model_name='check',
            name='at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='written down'),
        ),
        migrations.AlterField(
            model_name='check',
            name='note',
            field=models.TextField(blank=True, help_text='What they said, and what changed.'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['outcome', '-asked_at'], name='check_outcome'),
        ),
        migrations.AddField(
            model_name='checkrequest',
            name='answer',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_by', to='resources.proposal'),
        ),
        migrations.AddField(
            model_name='checkrequest',
            name='recorded_as',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='resources.check'),
        ),
        migrations.AddField(
            model_name='checkrequest',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_requests', to='resources.resource'),
        ),
        migrations.AddField(
            model_name='checkrequest',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='checkrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None), ('withdrawn_at', None)), fields=('resource',), name='one_open_check_request', violation_error_message='A link to this listing is still open.'),
        ),
        migrations.AddConstraint(
            model_name='checkrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', None), ('answered_at', None), ('said', '')), models.Q(('answer__isnull', False), ('answered_at__isnull', False), models.Q(('said', ''), _negated=True)), _connector='OR'), name='check_request_is_answered_whole'),
        ),
        migrations.RunPython(renew_groups, keep),
    ]
