import django.db.models.deletion
import django.db.models.manager
import traboule.apps.support.models.check_ins
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0002_way_in'),
        ('duos', '0001_initial'),
        ('people', '0003_same_keys'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='away from')),
                ('until_on', models.DateField(verbose_name='away until')),
                ('said_at', models.DateTimeField(verbose_name='said')),
                ('back_on', models.DateField(blank=True, null=True, verbose_name='back on')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='people.person')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['from_on', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['person', 'until_on'], name='absence_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='absence_ends_after_it_begins')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='AdviceCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee')], max_length=10, verbose_name='as')),
                ('topic', models.CharField(choices=[('meetings', 'How to lead our meetings'), ('work', 'Looking for work'), ('papers', 'Papers and offices'), ('relation', 'Getting on with each other'), ('hard', 'A hard story I heard'), ('other', 'Something else')], max_length=20, verbose_name='topic')),
                ('question', models.TextField(blank=True, max_length=2000, verbose_name='question')),
                ('wanted_on', models.DateField(verbose_name='wishes a call on')),
                ('part', models.PositiveSmallIntegerField(choices=[(0, 'morning'), (1, 'afternoon'), (2, 'evening')], verbose_name='time of day')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('due_on', models.DateField(verbose_name='call by')),
                ('answer', models.TextField(blank=True, max_length=4000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advice_calls', to='branches.branch')),
                ('duo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advice_calls', to='duos.duo')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advice_calls', to='people.person')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('topic__in', ['meetings', 'work', 'papers', 'relation', 'hard', 'other'])), name='advice_topic_is_legal'), models.CheckConstraint(condition=models.Q(('part__in', [0, 1, 2])), name='advice_part_is_legal'), models.CheckConstraint(condition=models.Q(('side__in', ['mentor', 'mentee'])), name='advice_side_is_legal')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveSmallIntegerField(verbose_name='month')),
                ('due_on', models.DateField(verbose_name='planned for')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('held', 'held'), ('dropped', 'not held')], default='planned', max_length=10, verbose_name='state')),
                ('alarm', models.PositiveSmallIntegerField(default=0)),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='over since')),
                ('duo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='duos.duo')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['state', 'due_on'], name='check_in_by_day')],
                'constraints': [models.UniqueConstraint(fields=('duo', 'month'), name='check_in_once_a_month'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'dropped'])), name='check_in_state_is_legal'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'planned')), models.Q(models.Q(('state', 'planned'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='check_in_over_has_its_instant')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CheckInSide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee')], max_length=10, verbose_name='as')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked')),
                ('answers', models.JSONField(blank=True, default=list, verbose_name='answers')),
                ('readers', models.CharField(choices=[('staff', 'The team only'), ('shared', 'The team and the person')], default='staff', max_length=10, verbose_name='who reads it')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='held')),
                ('check_in', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='support.checkin')),
                ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='people.person')),
            ],
            options={
                'ordering': ['pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('check_in', 'side'), name='check_in_side_once'), models.CheckConstraint(condition=models.Q(('side__in', ['mentor', 'mentee'])), name='check_in_side_is_legal'), models.CheckConstraint(condition=models.Q(('readers__in', ['staff', 'shared'])), name='check_in_readers_are_legal'), models.CheckConstraint(condition=models.Q(('held_by', None), ('held_at__isnull', False), _connector='OR'), name='check_in_held_by_has_its_instant')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=6000, verbose_name='what was told')),
                ('told_at', models.DateTimeField(verbose_name='told')),
                ('answer_due_on', models.DateField(verbose_name='first answer by')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='first answer')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='next step on')),
                ('paused_duo', models.BooleanField(default=False, verbose_name='the duo rests by the team')),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('result', models.CharField(blank=True, choices=[('no_danger', 'No danger was found'), ('advised', 'Cleared up by talking'), ('duo_changed', 'The duo was changed or closed'), ('passed_on', 'Passed on to an authority'), ('unclear', 'Could not be cleared up')], max_length=20, verbose_name='result')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='branches.branch')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='concerns', to='duos.duo')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='concerns_told', to='people.person')),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-told_at', '-pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', 'closed_at'], name='concern_open_of_branch')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('result', '')), models.Q(('closed_at__isnull', False), ('result__in', ['no_danger', 'advised', 'duo_changed', 'passed_on', 'unclear'])), _connector='OR'), name='concern_closed_says_its_result'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('told_at')), _connector='OR'), name='concern_closed_after_told')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ConcernEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('text', models.TextField(blank=True, max_length=6000, verbose_name='what was done')),
                ('next_step', models.CharField(blank=True, max_length=200, verbose_name='next step')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='support.concern')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='DuoSupport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('planned_at', models.DateTimeField(verbose_name='planned')),
                ('rested_days', models.PositiveIntegerField(default=0, verbose_name='days of rest')),
                ('resting_since', models.DateField(blank=True, null=True, verbose_name='rests since')),
                ('duo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='support', to='duos.duo')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Pulse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee')], max_length=10, verbose_name='as')),
                ('number', models.PositiveSmallIntegerField(verbose_name='which time')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('skipped_at', models.DateTimeField(blank=True, null=True, verbose_name='skipped')),
                ('trust', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='I feel at ease with the other person.')),
                ('heard', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='I am listened to.')),
                ('useful', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Our meetings are useful.')),
                ('go_on', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='I want to go on.')),
                ('duo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pulses', to='duos.duo')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pulses', to='people.person')),
            ],
            options={
                'ordering': ['number', 'side'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('duo', 'side', 'number'), name='pulse_once_a_time'), models.CheckConstraint(condition=models.Q(('side__in', ['mentor', 'mentee'])), name='pulse_side_is_legal'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('skipped_at', None), _connector='OR'), name='pulse_answered_or_skipped'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('answered_at__gte', models.F('asked_at')), _connector='OR'), name='pulse_answered_after_it_was_asked'), models.CheckConstraint(condition=models.Q(('trust', None), models.Q(('trust__gte', 1), ('trust__lte', 5)), _connector='OR'), name='pulse_trust_1_to_5'), models.CheckConstraint(condition=models.Q(('heard', None), models.Q(('heard__gte', 1), ('heard__lte', 5)), _connector='OR'), name='pulse_heard_1_to_5'), models.CheckConstraint(condition=models.Q(('useful', None), models.Q(('useful__gte', 1), ('useful__lte', 5)), _connector='OR'), name='pulse_useful_1_to_5'), models.CheckConstraint(condition=models.Q(('go_on', None), models.Q(('go_on__gte', 1), ('go_on__lte', 5)), _connector='OR'), name='pulse_go_on_1_to_5')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.PositiveSmallIntegerField(verbose_name='month')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('questions', models.JSONField(verbose_name='questions')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_in_questions', to='branches.branch')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('branch', 'month', 'language'), name='questions_once'), models.CheckConstraint(condition=models.Q(('language__in', ('fr', 'en', 'nl', 'ar', 'fa-af', 'uk', 'ti', 'es'))), name='questions_in_a_language_of_ours')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='stands in from')),
                ('until_on', models.DateField(verbose_name='stands in until')),
                ('arranged_at', models.DateTimeField(verbose_name='arranged')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('end_reason', models.CharField(blank=True, choices=[('over', 'its last day has passed'), ('returned', 'the mentor came back'), ('changed', 'the team changed it')], max_length=10, verbose_name='why it ended')),
                ('absence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='substitutions', to='support.absence')),
                ('arranged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='substitutions', to='duos.duo')),
                ('substitute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to='people.person')),
            ],
            options={
                'ordering': ['-from_on', '-pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='substitution_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at', None)), models.Q(('end_reason__in', ['over', 'returned', 'changed']), ('ended_at__isnull', False)), _connector='OR'), name='substitution_ended_says_why'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('duo',), name='one_open_substitution_per_duo')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SupportSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.JSONField(default=traboule.apps.support.models.check_ins.default_months, verbose_name='months of the check-ins')),
                ('pulse_first', models.PositiveSmallIntegerField(default=30, verbose_name='first question after, days')),
                ('pulse_every', models.PositiveSmallIntegerField(default=60, verbose_name='then every, days')),
                ('branch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='support_setting', to='branches.branch')),
                ('concern_lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lead')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('pulse_every__gte', 14), ('pulse_first__gte', 7)), name='pulse_not_every_day')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
