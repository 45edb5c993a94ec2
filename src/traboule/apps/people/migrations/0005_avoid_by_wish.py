"""Which pairs to avoid stand by a wish alone: those go with it, those of a file stay."""

from django.db import migrations, models


def mark_wishes(apps, schema_editor):
    """What was said before counts as a wish alone, as it did until now."""
    Avoid = apps.get_model("people", "Avoid")
    wish = apps.get_model("people", "NotToMeet")._base_manager.filter(
        person=models.OuterRef("person"), other=models.OuterRef("other")
    )
    Avoid._base_manager.filter(models.Exists(wish)).update(by_wish=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_wishes")]

    operations = [
        migrations.AddField(
            model_name="avoid", name="by_wish", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(mark_wishes, migrations.RunPython.noop),
    ]
