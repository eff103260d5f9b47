"""The queue of what nobody has confirmed is read in the order in which it was found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0022_link_hosts")]
    operations = [
        migrations.AddIndex(model_name="resource", index=models.Index(fields=["found_on", "id"], name="resource_found")),
    ]
