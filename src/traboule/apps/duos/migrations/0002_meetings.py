import django.db.models.deletion
import django.db.models.manager
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duos', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.AddField(
            model_name='duo',
            name='coordinator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='duos_followed', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='duo',
            name='plan_reaches',
            field=models.DateField(blank=True, null=True, verbose_name='planned up to'),
        ),
        migrations.AddField(
            model_name='duo',
            name='remind_mentee',
            field=models.BooleanField(default=False, verbose_name='mentee is reminded the day before'),
        ),
        migrations.AddField(
            model_name='duo',
            name='remind_mentor',
            field=models.BooleanField(default=False, verbose_name='mentor is reminded the day before'),
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('planned_at', models.DateTimeField(verbose_name='planned for')),
                ('minutes', models.PositiveSmallIntegerField(default=120, verbose_name='planned minutes')),
                ('how', models.CharField(choices=[('in_person', 'in person'), ('phone', 'by phone'), ('video', 'by video')], default='in_person', max_length=10, verbose_name='how')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('source', models.CharField(choices=[('rhythm', 'the weekly rhythm'), ('mentor', 'the mentor'), ('mentee', 'the mentee'), ('coordinator', 'the team')], max_length=12, verbose_name='planned by')),
                ('slot_week', models.DateField(null=True, verbose_name='week of the rhythm')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('held', 'held'), ('missed', 'missed'), ('moved', 'moved'), ('cancelled', 'cancelled')], default='planned', max_length=10, verbose_name='state')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('cancelled_because', models.CharField(blank=True, choices=[('asked', 'one of the two asked'), ('pause', 'the duo rests'), ('rhythm', 'the rhythm has changed'), ('closed', 'the duo has ended')], max_length=10, verbose_name='why cancelled')),
                ('met_minutes', models.PositiveSmallIntegerField(null=True, verbose_name='minutes together')),
                ('agreement', models.CharField(blank=True, choices=[('one', 'one side has said it'), ('equal', 'both say the same'), ('lower', 'both met, the lengths differ'), ('open', 'the two do not say the same'), ('settled', 'settled by the team')], max_length=10, verbose_name='agreement')),
                ('asked_mentor_at', models.DateTimeField(null=True, verbose_name='mentor asked for the log')),
                ('asked_mentee_at', models.DateTimeField(null=True, verbose_name='mentee asked for the log')),
                ('duo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='duos.duo')),
                ('moved_to', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='moved_from', to='duos.meeting')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'meeting',
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['duo', 'planned_at'], name='meeting_of_duo'), models.Index(condition=models.Q(('state', 'planned')), fields=['planned_at'], name='meeting_planned')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('slot_week__isnull', False)), fields=('duo', 'slot_week'), name='meeting_once_a_week_of_the_rhythm'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'missed', 'moved', 'cancelled'])), name='meeting_state_is_legal'), models.CheckConstraint(condition=models.Q(models.Q(('met_minutes__gte', 5), ('met_minutes__isnull', False), ('met_minutes__lte', 600), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('met_minutes__isnull', True)), _connector='OR'), name='only_a_held_meeting_has_minutes'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_because__in', ['asked', 'pause', 'rhythm', 'closed']), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_because', '')), _connector='OR'), name='a_cancelled_meeting_says_why'), models.CheckConstraint(condition=models.Q(('moved_to__isnull', True), ('state', 'moved'), _connector='OR'), name='only_a_moved_meeting_leads_on'), models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('minutes__lte', 600)), name='meeting_length_is_plausible'), models.CheckConstraint(condition=models.Q(('how__in', ['in_person', 'phone', 'video'])), name='meeting_how_is_known'), models.CheckConstraint(condition=models.Q(('source__in', ['rhythm', 'mentor', 'mentee', 'coordinator'])), name='meeting_source_is_known')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MeetingLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('coordinator', 'Coordinator')], max_length=12, verbose_name='who says it')),
                ('outcome', models.CharField(choices=[('met', 'Yes, we met'), ('moved', 'We moved it'), ('missed', 'It did not take place')], max_length=10, verbose_name='what happened')),
                ('minutes', models.PositiveSmallIntegerField(null=True, verbose_name='minutes')),
                ('served', models.JSONField(default=list, verbose_name='what it was for')),
                ('next_steps', models.JSONField(default=list, verbose_name='next steps')),
                ('next_text', models.CharField(blank=True, max_length=200, verbose_name='next step in words')),
                ('why_missed', models.CharField(blank=True, choices=[('ill', 'Illness'), ('work', 'Work or an appointment'), ('travel', 'On the way, transport'), ('forgot', 'Forgotten'), ('no_news', 'I did not hear from the other'), ('other', 'Something else')], max_length=10, verbose_name='why it was missed')),
                ('through', models.CharField(choices=[('link', 'link'), ('place', 'own page'), ('phone', 'phone call'), ('sheet', 'printed sheet')], max_length=10, verbose_name='how it came in')),
                ('client_key', models.CharField(max_length=64, unique=True)),
                ('said_at', models.DateTimeField(verbose_name='said')),
                ('replaced_at', models.DateTimeField(null=True, verbose_name='replaced')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logs', to='duos.meeting')),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'log of a meeting',
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('meeting', 'side'), name='one_word_per_side'), models.CheckConstraint(condition=models.Q(('side__in', ['mentor', 'mentee', 'coordinator'])), name='log_side_is_known'), models.CheckConstraint(condition=models.Q(('client_key', ''), _negated=True), name='log_has_a_client_key'), models.CheckConstraint(condition=models.Q(models.Q(('minutes__gte', 5), ('minutes__isnull', False), ('minutes__lte', 600), ('outcome', 'met'), ('why_missed', '')), models.Q(('minutes__isnull', True), ('outcome', 'moved'), ('why_missed', '')), models.Q(('minutes__isnull', True), ('outcome', 'missed')), _connector='OR'), name='log_says_minutes_only_if_they_met'), models.CheckConstraint(condition=models.Q(('replaced_at', None), ('replaced_at__gte', models.F('said_at')), _connector='OR'), name='log_is_replaced_after_it_was_said')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='DuoRhythm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('weekday', models.PositiveSmallIntegerField(null=True, verbose_name='weekday')),
                ('at', models.TimeField(null=True, verbose_name='time')),
                ('minutes', models.PositiveSmallIntegerField(default=120, verbose_name='minutes')),
                ('how', models.CharField(choices=[('in_person', 'in person'), ('phone', 'by phone'), ('video', 'by video')], default='in_person', max_length=10, verbose_name='how')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('set_at', models.DateTimeField(verbose_name='written down')),
                ('duo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rhythms', to='duos.duo')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'rhythm of a duo',
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('duo', 'since'), name='rhythm_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('at__isnull', True), ('weekday__isnull', True)), models.Q(('at__isnull', False), ('weekday__isnull', False), ('weekday__lte', 6)), _connector='OR'), name='rhythm_has_weekday_and_time_or_neither'), models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('minutes__lte', 600)), name='rhythm_length_is_plausible'), models.CheckConstraint(condition=models.Q(('how__in', ['in_person', 'phone', 'video'])), name='rhythm_how_is_known')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
