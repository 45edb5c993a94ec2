"""Mentors say until when they can wait, as mentees do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_avoid_by_wish")]

    operations = [
        migrations.AddField(
            model_name="mentorprofile",
            name="can_wait_until",
            field=models.DateField(blank=True, null=True, verbose_name="can wait until"),
        ),
    ]
