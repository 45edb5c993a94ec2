import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_way_in'),
        ('partners', '0001_initial'),
        ('people', '0004_wishes'),
        ('people', '__first__'),
        ('training', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='client_key',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name='ModuleMaterial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=120, upload_to='')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('kind', models.CharField(max_length=10)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('stored_at', models.DateTimeField(verbose_name='handed in')),
                ('about', models.CharField(max_length=120, verbose_name='what it is')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='training.module')),
            ],
            options={
                'ordering': ['about', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Trainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(default='fr', max_length=10, verbose_name='language')),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trainers', to='branches.branch')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='trainers', to='partners.partner')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='trains_as', to='people.person')),
            ],
            options={
                'ordering': ['pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('name', ''), ('person__isnull', False)), models.Q(('person', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='trainer_is_a_person_or_a_name')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='trainingsession',
            name='led_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions_led', to='training.trainer'),
        ),
    ]
