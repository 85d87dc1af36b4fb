"""A notice term lies between an hour and a year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_contacts")]

    operations = [
        migrations.AlterField(
            model_name="party",
            name="notice_hours",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                help_text="hiermee rekenen de termijnen waarvoor de wet geen getal geeft",
                validators=[MinValueValidator(1), MaxValueValidator(8784)],
                verbose_name="afgesproken meldtermijn in uren",
            ),
        ),
    ]
