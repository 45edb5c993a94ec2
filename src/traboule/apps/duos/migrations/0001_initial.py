import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='MentorPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('taken_at', models.DateTimeField(verbose_name='taken at')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places_taken', to='people.person')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('mentor', 'number'), name='place_taken_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='place_numbers_start_at_one')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Duo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('closed', 'Closed')], default='active', max_length=20, verbose_name='state')),
                ('started_on', models.DateField(verbose_name='start')),
                ('ends_on', models.DateField(verbose_name='planned end')),
                ('started_at', models.DateTimeField(verbose_name='recorded at')),
                ('paused_on', models.DateField(null=True, verbose_name='paused since')),
                ('closed_on', models.DateField(null=True, verbose_name='closed on')),
                ('close_reason', models.CharField(blank=True, choices=[('completed', 'The six months are done'), ('found_work', 'Found a job, an internship or a training'), ('no_time', 'No time any more'), ('moved', 'Moved away'), ('lost_contact', 'No contact any more'), ('not_a_fit', 'The two do not get on'), ('health_or_family', 'Personal reasons'), ('other', 'Other reason')], max_length=30, verbose_name='reason for closing')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duos', to='branches.branch')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duos_as_mentee', to='people.person')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duos_as_mentor', to='people.person')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duo', to='duos.mentorplace')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', 'state', 'ends_on'], name='duo_of_branch')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['active', 'paused', 'closed'])), name='duo_state_is_legal'), models.CheckConstraint(condition=models.Q(('mentor', models.F('mentee')), _negated=True), name='duo_is_two_people'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('started_on'))), name='duo_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('paused_on__isnull', True), ('paused_on__gte', models.F('started_on')), _connector='OR'), name='duo_is_paused_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__gte', models.F('started_on')), ('closed_on__isnull', False), ('state', 'closed'), ('close_reason__in', ['completed', 'found_work', 'no_time', 'moved', 'lost_contact', 'not_a_fit', 'health_or_family', 'other']), ('closed_by__isnull', False), ('place__isnull', True)), models.Q(('closed_on__isnull', True), ('state__in', ('active', 'paused')), ('close_reason', ''), ('closed_by__isnull', True), ('place__isnull', False)), _connector='OR'), name='open_duo_has_a_place_closed_duo_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('paused_on__isnull', False), ('state', 'paused')), models.Q(models.Q(('state', 'paused'), _negated=True), ('paused_on__isnull', True)), _connector='OR'), name='paused_duo_says_since_when'), models.UniqueConstraint(condition=models.Q(('state__in', ('active', 'paused'))), fields=('mentee',), name='one_open_duo_per_mentee')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
