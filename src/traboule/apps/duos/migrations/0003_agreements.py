import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_way_in'),
        ('duos', '0002_meetings'),
        ('people', '0003_same_keys'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreementTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('hours', models.PositiveSmallIntegerField(default=2, verbose_name='hours a week')),
                ('own_words', models.JSONField(default=dict, verbose_name='what the branch adds')),
                ('made_at', models.DateTimeField(verbose_name='written at')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_templates', to='branches.branch')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('branch', 'version'), name='agreement_template_version_once')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('state', models.CharField(choices=[('drafted', 'Drafted'), ('sent', 'Waits for signatures'), ('signed', 'Signed'), ('replaced', 'Replaced by a later version'), ('withdrawn', 'Withdrawn')], default='drafted', max_length=10, verbose_name='state')),
                ('wording', models.CharField(max_length=10, verbose_name="version of the house's words")),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('hours', models.PositiveSmallIntegerField(default=2, verbose_name='hours a week')),
                ('weekday', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='day of the week')),
                ('place', models.CharField(max_length=200, verbose_name='place')),
                ('own_words', models.TextField(blank=True, max_length=1000, verbose_name='our own words, in French')),
                ('own_words_read', models.TextField(blank=True, max_length=1000, verbose_name='our own words, in the other language')),
                ('texts', models.JSONField(default=dict, verbose_name='text')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the text')),
                ('drafted_at', models.DateTimeField(verbose_name='drafted at')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent at')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='signed by all at')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='replaced or withdrawn at')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='branches.branch')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='duos.duo')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='duos.agreementtemplate')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', 'state', 'sent_at'], name='agreement_of_branch')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'sent', 'signed', 'replaced', 'withdrawn'])), name='agreement_state_is_legal'), models.UniqueConstraint(fields=('duo', 'version'), name='agreement_version_once'), models.UniqueConstraint(condition=models.Q(('state', 'signed')), fields=('duo',), name='one_agreement_in_force'), models.UniqueConstraint(condition=models.Q(('state__in', ('drafted', 'sent'))), fields=('duo',), name='one_open_agreement'), models.CheckConstraint(condition=models.Q(('state__in', ('drafted', 'withdrawn')), models.Q(models.Q(('digest', ''), _negated=True), ('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='sent_agreement_has_a_fixed_text'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('signed', 'replaced')), _negated=True), ('signed_at__isnull', False), _connector='OR'), name='signed_agreement_says_when'), models.CheckConstraint(condition=models.Q(('weekday__isnull', True), ('weekday__lte', 6), _connector='OR'), name='agreement_day_is_of_a_week')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='FirstMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('missed', 'Missed'), ('moved', 'Moved')], default='planned', max_length=10, verbose_name='state')),
                ('starts_at', models.DateTimeField(verbose_name='when')),
                ('place', models.CharField(max_length=300, verbose_name='where')),
                ('mentee_says', models.CharField(blank=True, choices=[('can', 'can come'), ('cannot', 'cannot come')], max_length=6, verbose_name='the mentee')),
                ('mentor_says', models.CharField(blank=True, choices=[('can', 'can come'), ('cannot', 'cannot come')], max_length=6, verbose_name='the mentor')),
                ('booked_at', models.DateTimeField(verbose_name='booked at')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='noted at')),
                ('booked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='first_meetings', to='duos.duo')),
                ('venue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='branches.venue')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'missed', 'moved'])), name='first_meeting_state_is_legal'), models.CheckConstraint(condition=models.Q(('place', ''), _negated=True), name='first_meeting_has_a_place'), models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('duo',), name='one_planned_first_meeting'), models.UniqueConstraint(condition=models.Q(('state', 'held')), fields=('duo',), name='one_held_first_meeting'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'planned')), models.Q(models.Q(('state', 'planned'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='first_meeting_over_says_when')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(choices=[('mentee', 'Mentee'), ('mentor', 'Mentor'), ('coordinator', 'Coordinator'), ('other', 'Somebody else')], max_length=12, verbose_name='who signs')),
                ('label', models.CharField(blank=True, max_length=80, verbose_name='in which capacity')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name as signed')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='signed at')),
                ('channel', models.CharField(blank=True, choices=[('screen', 'on the screen of the team'), ('link', 'by a link'), ('place', 'signed in')], max_length=8, verbose_name='way of signing')),
                ('language', models.CharField(blank=True, max_length=10, verbose_name='language read')),
                ('drawing', models.TextField(blank=True, max_length=20000, verbose_name='drawn signature')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the text signed')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='duos.agreement')),
                ('login', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='people.person')),
            ],
            options={
                'ordering': ('pk',),
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('party__in', ['mentee', 'mentor', 'coordinator', 'other'])), name='signature_party_is_known'), models.UniqueConstraint(fields=('agreement', 'party', 'label'), name='signatory_once'), models.CheckConstraint(condition=models.Q(models.Q(('channel', ''), ('digest', ''), ('name', ''), ('signed_at__isnull', True)), models.Q(('channel__in', ['screen', 'link', 'place']), ('signed_at__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='signature_is_whole_or_open')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
