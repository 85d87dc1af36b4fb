"""A short name, by which a later statement names the one that it corrects."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="name",
            field=models.SlugField(
                blank=True,
                default="",
                help_text="zo noemt een verbetering haar",
                max_length=60,
                verbose_name="korte naam",
            ),
        ),
        migrations.AlterField(
            model_name="statement",
            name="corrects",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="verbetert: korte namen van eerdere uitspraken"
            ),
        ),
    ]
