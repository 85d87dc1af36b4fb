"""A time zone may be an offset; only the words beside it changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="zone",
            field=models.CharField(
                default="Europe/Amsterdam",
                help_text="een naam, of het verschil met UTC: +01:00 is in Nederland wintertijd, +02:00 zomertijd",
                max_length=40,
                verbose_name="tijdzone",
            ),
        ),
    ]
