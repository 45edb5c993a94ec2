import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0002_way_in'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('association', 'Association'), ('employment', 'Help with finding work'), ('housing', 'Shelter or housing'), ('school', 'School or language course'), ('town', 'Town hall or public service'), ('health', 'Health or care'), ('other', 'Another place')], default='association', max_length=20, verbose_name='kind of place')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='town')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='whom to ask for')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='we work together now')),
                ('created_at', models.DateTimeField()),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='branches.branch')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('branch', 'name'), name='partner_name_once_per_branch'), models.CheckConstraint(condition=models.Q(('kind__in', ['association', 'employment', 'housing', 'school', 'town', 'health', 'other'])), name='partner_kind_is_known'), models.CheckConstraint(condition=django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(django.db.models.functions.text.Trim('name')), 0), name='partner_has_a_name')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Referrer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('invited_at', models.DateTimeField(verbose_name='invited')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('login', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrer_of', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrers', to='partners.partner')),
            ],
            options={
                'ordering': ['login__name', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('partner', 'login'), name='referrer_open_once_per_partner'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('invited_at')), _connector='OR'), name='referrer_closed_after_invited')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
