import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Login',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('locale', models.CharField(default='fr', max_length=10, verbose_name='language')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'login',
                'ordering': ['name', 'email'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='login_email_once_whatever_the_case'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='login_email_is_lower_case')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(blank=True, max_length=80, verbose_name='id in your files')),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='last name')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='birth date')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('contact_language', models.CharField(default='fr', max_length=10, verbose_name='contact language')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'SMS'), ('phone', 'Phone call'), ('letter', 'Letter'), ('referrer', 'Through the referrer')], default='email', max_length=10, verbose_name='channel')),
                ('needs_help_reading', models.BooleanField(default=False, verbose_name='needs help reading')),
                ('country', models.CharField(default='FR', max_length=2, verbose_name='country')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='postcode')),
                ('commune_code', models.CharField(blank=True, max_length=10, verbose_name='commune code')),
                ('commune_name', models.CharField(blank=True, max_length=120, verbose_name='commune')),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('place_estimated', models.BooleanField(default=False, verbose_name='place estimated')),
                ('gender', models.CharField(blank=True, choices=[('f', 'Woman'), ('m', 'Man'), ('x', 'Other')], max_length=1, verbose_name='gender')),
                ('gender_wish', models.CharField(blank=True, choices=[('f', 'Woman'), ('m', 'Man'), ('x', 'Other')], max_length=1, verbose_name='wishes to meet')),
                ('max_km', models.FloatField(default=15, verbose_name='farthest way, km')),
                ('online', models.BooleanField(default=False, verbose_name='online is fine')),
                ('interests', models.JSONField(blank=True, default=list, verbose_name='interests')),
                ('dislikes', models.JSONField(blank=True, default=list, verbose_name='dislikes')),
                ('way_pace', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='pace')),
                ('way_directness', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='directness')),
                ('way_listening', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='listening')),
                ('way_structure', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='structure')),
                ('way_humour', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='humour')),
                ('slots', models.PositiveIntegerField(default=0, verbose_name='availability')),
                ('search_key', models.CharField(blank=True, editable=False, max_length=400)),
                ('created_at', models.DateTimeField()),
                ('last_contact_at', models.DateTimeField(verbose_name='last contact')),
                ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='archived')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='branches.branch')),
            ],
            options={
                'verbose_name': 'person',
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', 'archived_at', 'last_name'], name='person_by_branch_and_name'), models.Index(fields=['branch', 'commune_code'], name='person_by_commune')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('branch', 'external_id'), name='person_file_id_once_per_branch'), models.CheckConstraint(condition=models.Q(('slots__gte', 0), ('slots__lte', 2097151)), name='person_slots_in_21_bits'), models.CheckConstraint(condition=models.Q(('max_km__gte', 0)), name='person_max_km_not_negative'), models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'sms', 'phone', 'letter', 'referrer'])), name='person_channel_is_known'), models.CheckConstraint(condition=models.Q(('gender__in', ['', 'f', 'm', 'x'])), name='person_gender_is_known'), models.CheckConstraint(condition=models.Q(('gender_wish__in', ['', 'f', 'm', 'x'])), name='person_gender_wish_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='person_place_is_on_earth'), models.CheckConstraint(condition=models.Q(('archived_at', None), ('archived_at__gte', models.F('created_at')), _connector='OR'), name='person_archived_after_created'), models.CheckConstraint(condition=models.Q(('way_pace', None), models.Q(('way_pace__gte', 1), ('way_pace__lte', 5)), _connector='OR'), name='person_way_pace_1_to_5'), models.CheckConstraint(condition=models.Q(('way_directness', None), models.Q(('way_directness__gte', 1), ('way_directness__lte', 5)), _connector='OR'), name='person_way_directness_1_to_5'), models.CheckConstraint(condition=models.Q(('way_listening', None), models.Q(('way_listening__gte', 1), ('way_listening__lte', 5)), _connector='OR'), name='person_way_listening_1_to_5'), models.CheckConstraint(condition=models.Q(('way_structure', None), models.Q(('way_structure__gte', 1), ('way_structure__lte', 5)), _connector='OR'), name='person_way_structure_1_to_5'), models.CheckConstraint(condition=models.Q(('way_humour', None), models.Q(('way_humour__gte', 1), ('way_humour__lte', 5)), _connector='OR'), name='person_way_humour_1_to_5')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('programme', 'Taking part in the programme')], max_length=20, verbose_name='purpose')),
                ('text_version', models.CharField(max_length=20, verbose_name='version of the text')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'SMS'), ('phone', 'Phone call'), ('letter', 'Letter'), ('referrer', 'Through the referrer')], max_length=10, verbose_name='channel')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('collected_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='consents_collected', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['programme'])), name='consent_purpose_is_known'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__gte', models.F('given_at')), _connector='OR'), name='consent_withdrawn_after_given'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'purpose'), name='consent_one_in_force_per_purpose')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Avoid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='avoided_by', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='avoids', to='people.person')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('person', 'other'), name='avoid_once'), models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='avoid_somebody_else')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='login',
            name='person',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='login', to='people.person'),
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('call', 'Call'), ('note', 'Note'), ('visit', 'Visit')], default='note', max_length=10, verbose_name='kind')),
                ('text', models.TextField(max_length=10000, verbose_name='text')),
                ('readers', models.CharField(choices=[('staff', 'The team only'), ('shared', 'The team and the person')], default='staff', max_length=10, verbose_name='who reads it')),
                ('happened_at', models.DateTimeField(verbose_name='when')),
                ('next_step', models.CharField(blank=True, max_length=200, verbose_name='next step')),
                ('next_step_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes_written', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='steps_done', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='people.person')),
                ('step_owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='steps_owned', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-happened_at', '-pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['next_step_on'], name='note_open_steps_by_date')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['call', 'note', 'visit'])), name='note_kind_is_legal'), models.CheckConstraint(condition=models.Q(('readers__in', ['staff', 'shared'])), name='note_readers_are_legal'), models.CheckConstraint(condition=models.Q(models.Q(('next_step', ''), ('next_step_on', None)), models.Q(models.Q(('next_step', ''), _negated=True), ('next_step_on__isnull', False)), _connector='OR'), name='note_next_step_has_a_date'), models.CheckConstraint(condition=models.Q(('done_at', None), models.Q(models.Q(('next_step', ''), _negated=True), ('done_at__gte', models.F('happened_at'))), _connector='OR'), name='note_step_done_after_it_was_set')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('referrer', 'Referrer'), ('coordinator', 'Coordinator'), ('director', 'Director'), ('funder', 'Funder'), ('dpo', 'Data-protection officer'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                ('granted_at', models.DateTimeField()),
                ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='branches.branch')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='grants_given', to=settings.AUTH_USER_MODEL)),
                ('login', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['role', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('login', 'role', 'branch'), name='role_granted_once_per_branch'), models.UniqueConstraint(condition=models.Q(('branch', None)), fields=('login', 'role'), name='role_granted_once_everywhere'), models.CheckConstraint(condition=models.Q(('role__in', ['mentor', 'mentee', 'referrer', 'coordinator', 'director', 'funder', 'dpo', 'administrator'])), name='role_is_one_of_eight')],
            },
        ),
        migrations.CreateModel(
            name='SpokenLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, verbose_name='language')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'A1'), (2, 'A2'), (3, 'B1'), (4, 'B2'), (5, 'C1'), (6, 'C2')], verbose_name='level')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='people.person')),
            ],
            options={
                'ordering': ['-level', 'code'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['code', 'level'], name='language_by_code')],
                'constraints': [models.UniqueConstraint(fields=('person', 'code'), name='language_once_per_person'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 6)), name='language_level_a1_to_c2')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee')], max_length=10, verbose_name='who they are')),
                ('state', models.CharField(choices=[('staged', 'read'), ('mapped', 'checked'), ('applied', 'applied'), ('discarded', 'discarded')], default='staged', max_length=10, verbose_name='state')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('shape', models.JSONField(default=dict)),
                ('rows', models.JSONField(default=list)),
                ('mapping', models.JSONField(blank=True, default=dict)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('staged_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='import_runs', to='branches.branch')),
                ('staged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_runs', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-staged_at'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['mentor', 'mentee'])), name='import_side_is_legal'), models.CheckConstraint(condition=models.Q(('state__in', ['staged', 'mapped', 'applied', 'discarded'])), name='import_state_is_legal'), models.CheckConstraint(condition=models.Q(('applied_at', None), ('state', 'applied'), _connector='OR'), name='import_applied_date_when_applied')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MenteeProfile',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='mentee', serialize=False, to='people.person')),
                ('state', models.CharField(choices=[('new', 'new'), ('pool', 'waiting for a mentor'), ('matched', 'in a duo'), ('paused', 'paused'), ('left', 'left')], default='new', max_length=10, verbose_name='state')),
                ('needs', models.JSONField(blank=True, default=list, verbose_name='needs')),
                ('occupations', models.JSONField(blank=True, default=list, verbose_name='occupations')),
                ('waiting_since', models.DateField(blank=True, null=True, verbose_name='waiting since')),
                ('can_wait_until', models.DateField(blank=True, null=True, verbose_name='can wait until')),
                ('groups', models.JSONField(blank=True, default=dict, verbose_name='groups')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='paused until')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['state', 'waiting_since'], name='mentee_by_state_and_wait')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['new', 'pool', 'matched', 'paused', 'left'])), name='mentee_state_is_legal'), models.CheckConstraint(condition=models.Q(('waiting_since', None), ('can_wait_until', None), ('can_wait_until__gte', models.F('waiting_since')), _connector='OR'), name='mentee_waiting_dates_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'pool'), _negated=True), ('waiting_since__isnull', False), _connector='OR'), name='mentee_in_the_pool_waits_since_a_date'), models.CheckConstraint(condition=models.Q(('paused_until', None), ('state', 'paused'), _connector='OR'), name='mentee_pause_date_only_when_paused')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MentorProfile',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='mentor', serialize=False, to='people.person')),
                ('state', models.CharField(choices=[('new', 'new'), ('pool', 'ready'), ('paused', 'paused'), ('left', 'left')], default='new', max_length=10, verbose_name='state')),
                ('capacity', models.PositiveSmallIntegerField(default=1, verbose_name='places')),
                ('years_experience', models.FloatField(blank=True, null=True, verbose_name='years of experience')),
                ('generalist', models.BooleanField(default=False, verbose_name='generalist')),
                ('strengths', models.JSONField(blank=True, default=list, verbose_name='strengths')),
                ('occupations', models.JSONField(blank=True, default=list, verbose_name='occupations')),
                ('available_from', models.DateField(blank=True, null=True, verbose_name='available from')),
                ('available_until', models.DateField(blank=True, null=True, verbose_name='available until')),
                ('trained_on', models.DateField(blank=True, null=True, verbose_name='trained on')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='paused until')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['state'], name='mentor_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['new', 'pool', 'paused', 'left'])), name='mentor_state_is_legal'), models.CheckConstraint(condition=models.Q(('capacity__gte', 0), ('capacity__lte', 50)), name='mentor_capacity_0_to_50'), models.CheckConstraint(condition=models.Q(('years_experience', None), models.Q(('years_experience__gte', 0), ('years_experience__lte', 80)), _connector='OR'), name='mentor_experience_0_to_80_years'), models.CheckConstraint(condition=models.Q(('available_from', None), ('available_until', None), ('available_until__gte', models.F('available_from')), _connector='OR'), name='mentor_available_dates_in_order'), models.CheckConstraint(condition=models.Q(('paused_until', None), ('state', 'paused'), _connector='OR'), name='mentor_pause_date_only_when_paused')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
