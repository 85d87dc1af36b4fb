"""An event of which nobody says more comes from one source; it was called confirmed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0002_zone_by_its_offset")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="confidence",
            field=models.CharField(
                choices=[
                    ("confirmed", "bevestigd"),
                    ("several", "meer bronnen"),
                    ("single", "één bron"),
                    ("claimed", "alleen beweerd"),
                ],
                default="single",
                max_length=12,
                verbose_name="zekerheid",
            ),
        ),
    ]
