import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0002_way_in'),
        ('people', '0002_way_in'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Module',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('code', models.SlugField(blank=True, max_length=20)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('goal', models.CharField(blank=True, max_length=200, verbose_name='goal')),
                ('kind', models.CharField(choices=[('know_how', 'Know-how'), ('interpersonal', 'Interpersonal skills')], max_length=20, verbose_name='kind')),
                ('material', models.TextField(blank=True, verbose_name='material')),
                ('link', models.URLField(blank=True, verbose_name='link to the material')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='modules', to='branches.branch')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='modules', to='branches.programmeversion')),
            ],
            options={
                'ordering': ['number'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('branch', 'version', 'number'), name='module_number_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['know_how', 'interpersonal'])), name='module_kind_is_legal'), models.CheckConstraint(condition=models.Q(('code', ''), ('title', ''), _negated=True), name='module_has_a_title')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ReadinessRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('modules', models.PositiveSmallIntegerField(default=8, verbose_name='modules')),
                ('references', models.PositiveSmallIntegerField(default=2, verbose_name='references')),
                ('safeguarding', models.BooleanField(default=True, verbose_name='safeguarding check')),
                ('exchange_days', models.PositiveSmallIntegerField(default=61, verbose_name='days between two exchanges')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readiness_rules', to='branches.branch')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readiness_rules', to='branches.programmeversion')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('branch', 'version'), name='readiness_rule_once'), models.CheckConstraint(condition=models.Q(('modules__lte', 40)), name='readiness_modules_at_most_40'), models.CheckConstraint(condition=models.Q(('references__lte', 5)), name='readiness_references_at_most_5'), models.CheckConstraint(condition=models.Q(('exchange_days__gte', 7), ('exchange_days__lte', 366)), name='readiness_exchange_7_to_366')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='TrainingSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('module', 'Initial training'), ('refresher', 'Refresher'), ('exchange', 'Exchange of practice')], default='module', max_length=10, verbose_name='kind')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='place')),
                ('trainer', models.CharField(blank=True, max_length=120, verbose_name='trainer')),
                ('seats', models.PositiveSmallIntegerField(default=12, verbose_name='seats')),
                ('language', models.CharField(default='fr', max_length=10, verbose_name='language')),
                ('sheet_seen_at', models.DateTimeField(blank=True, null=True, verbose_name='signed sheet seen')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training_sessions', to='branches.branch')),
                ('module', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.module')),
                ('planned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='training_planned', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_sessions', to='branches.room')),
                ('sheet_seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sheets_seen', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', 'starts_at'], name='training_session_by_date')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['module', 'refresher', 'exchange'])), name='training_session_kind_is_legal'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'module'), ('module__isnull', False)), models.Q(models.Q(('kind', 'module'), _negated=True), ('module', None)), _connector='OR'), name='training_session_module_when_initial'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='training_session_ends_after_start'), models.CheckConstraint(condition=models.Q(('seats__gte', 1), ('seats__lte', 200)), name='training_session_seats_1_to_200')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.PositiveSmallIntegerField(verbose_name='seat')),
                ('presence', models.CharField(choices=[('planned', 'expected'), ('present', 'came'), ('excused', 'excused'), ('missed', 'did not come')], default='planned', max_length=10, verbose_name='presence')),
                ('enrolled_at', models.DateTimeField(verbose_name='enrolled')),
                ('noted_at', models.DateTimeField(blank=True, null=True, verbose_name='noted')),
                ('enrolled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='enrolled', to=settings.AUTH_USER_MODEL)),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attendances_noted', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='people.person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='training.trainingsession')),
            ],
            options={
                'ordering': ['seat'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('session', 'seat'), name='training_seat_once'), models.UniqueConstraint(fields=('session', 'person'), name='training_one_seat_a_person'), models.CheckConstraint(condition=models.Q(('seat__gte', 1), ('seat__lte', 200)), name='training_seat_1_to_200'), models.CheckConstraint(condition=models.Q(('presence__in', ['planned', 'present', 'excused', 'missed'])), name='training_presence_is_legal'), models.CheckConstraint(condition=models.Q(models.Q(('noted_at', None), ('presence', 'planned')), models.Q(models.Q(('presence', 'planned'), _negated=True), models.Q(('noted_at', None), _negated=True)), _connector='OR'), name='training_presence_noted_at_a_time')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('attendance', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='feedback', serialize=False, to='training.attendance')),
                ('useful', models.PositiveSmallIntegerField(choices=[(1, 'A little'), (2, 'Rather'), (3, 'Very')], verbose_name='useful')),
                ('pace', models.CharField(choices=[('slow', 'Too slow'), ('right', 'Just right'), ('fast', 'Too fast')], max_length=10, verbose_name='pace')),
                ('recommends', models.BooleanField(verbose_name='would recommend it')),
                ('sentence', models.CharField(blank=True, max_length=300, verbose_name='one sentence')),
                ('given_at', models.DateTimeField(verbose_name='given')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('useful__gte', 1), ('useful__lte', 3)), name='feedback_useful_1_to_3'), models.CheckConstraint(condition=models.Q(('pace__in', ['slow', 'right', 'fast'])), name='feedback_pace_is_legal')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ConditionWaiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condition', models.CharField(max_length=20, verbose_name='condition')),
                ('reason', models.CharField(max_length=300, verbose_name='why')),
                ('waived_at', models.DateTimeField(verbose_name='waived')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='condition_waivers', to='people.person')),
                ('waived_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions_waived', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('person', 'condition'), name='condition_waived_once'), models.CheckConstraint(condition=models.Q(('condition__in', ['application', 'identity', 'references', 'safeguarding', 'modules'])), name='condition_may_be_waived'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='condition_waived_with_a_reason')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declared_at', models.DateTimeField(verbose_name='declared')),
                ('conditions', models.JSONField(default=list, verbose_name='conditions')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('ended_because', models.CharField(blank=True, max_length=40, verbose_name='why it ended')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declared_ready', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='people.person')),
            ],
            options={
                'ordering': ['-declared_at'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person',), name='declared_ready_once_at_a_time'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('declared_at')), _connector='OR'), name='declaration_ends_after_it_began')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
