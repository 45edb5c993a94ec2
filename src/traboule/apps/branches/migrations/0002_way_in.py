import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('address', models.CharField(max_length=200, verbose_name='street and number')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='postcode')),
                ('commune_code', models.CharField(blank=True, max_length=10, verbose_name='commune code')),
                ('commune_name', models.CharField(blank=True, max_length=120, verbose_name='commune')),
                ('access_notes', models.CharField(blank=True, max_length=500, verbose_name='how to get there')),
                ('step_free', models.BooleanField(default=False, verbose_name='no steps on the way in')),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('place_estimated', models.BooleanField(default=True, verbose_name='place estimated')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='branches.branch')),
            ],
            options={
                'ordering': ['name'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('branch', 'name'), name='venue_name_once_per_branch'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='venue_is_on_earth')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('capacity', models.PositiveSmallIntegerField(verbose_name='seats')),
                ('access_notes', models.CharField(blank=True, max_length=200, verbose_name='where in the house')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='branches.venue')),
            ],
            options={
                'ordering': ['venue__name', 'name'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('venue', 'name'), name='room_name_once_per_venue'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 1000)), name='room_has_1_to_1000_seats')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SiteFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=20, verbose_name='figure')),
                ('labels', models.JSONField(default=dict, verbose_name='what it says')),
                ('source', models.CharField(max_length=160, verbose_name='source')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('counted', models.PositiveIntegerField(verbose_name='people counted')),
                ('typed_at', models.DateTimeField(verbose_name='typed')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='removed')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='site_figures', to='branches.branch')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('value', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='site_figure_says_its_source'), models.CheckConstraint(condition=models.Q(('counted__gte', 1)), name='site_figure_counts_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SiteText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('welcome', 'First line, in big letters'), ('lead', 'The sentence below it'), ('about', 'What the programme is'), ('mentor', 'Becoming a mentor'), ('mentee', 'Finding a mentor'), ('contact', 'How to reach the team')], max_length=20, verbose_name='part')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('text', models.TextField(blank=True, max_length=6000, verbose_name='text')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='site_texts', to='branches.branch')),
            ],
            options={
                'ordering': ['part', 'language', '-version'],
                'constraints': [models.UniqueConstraint(fields=('branch', 'part', 'language', 'version'), name='site_text_version_once'), models.CheckConstraint(condition=models.Q(('part__in', ['welcome', 'lead', 'about', 'mentor', 'mentee', 'contact'])), name='site_text_part_is_known'), models.CheckConstraint(condition=models.Q(('language__in', ('fr', 'en', 'nl', 'ar', 'fa-af', 'uk', 'ti', 'es'))), name='site_text_language_is_known'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='site_text_version_from_1')],
            },
        ),
    ]
