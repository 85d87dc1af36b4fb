"""Contacts in as many lines as there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="party",
            name="contact",
            field=models.TextField(
                blank=True,
                help_text="elke regel een functie en hoe die te bereiken is; geen namen van mensen",
                verbose_name="contacten",
            ),
        ),
    ]
