"""People who were here before duplicates were looked for get the keys by which they are found."""

from django.db import migrations

from traboule.apps.people.queries.duplicates import identity_of
from traboule.kernel.likeness import keys_of

FIELDS = ["same_name", "same_birth", "same_phone", "same_email"]


def write_keys(apps, schema_editor):
    Person = apps.get_model("people", "Person")
    rows = []
    for person in Person._base_manager.all().iterator(chunk_size=500):
        keys = keys_of(identity_of(person))
        person.same_name, person.same_birth = keys.name, keys.birth
        person.same_phone, person.same_email = keys.phone, keys.email
        rows.append(person)
    Person._base_manager.bulk_update(rows, FIELDS, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_way_in")]

    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop)]
