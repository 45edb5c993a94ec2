import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
        ('duos', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatchRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rules_version', models.CharField(max_length=100, verbose_name='version of the rules')),
                ('as_of', models.DateField(verbose_name='day of the computation')),
                ('seed', models.BigIntegerField(default=0, verbose_name='seed')),
                ('inputs_hash', models.CharField(max_length=64, verbose_name='fingerprint of the inputs')),
                ('inputs', models.JSONField(default=dict, verbose_name='fingerprints, by person')),
                ('report', models.JSONField(default=dict, verbose_name='report with the verdict of the verifier')),
                ('created_at', models.DateTimeField(verbose_name='computed at')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='match_runs', to='branches.branch')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'get_latest_by': 'created_at',
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', '-created_at'], name='latest_run_of_branch')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PairRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('lock', 'Keep together'), ('forbid', 'Never together')], max_length=10, verbose_name='decision')),
                ('reason', models.TextField(verbose_name='reason of the coordinator')),
                ('at', models.DateTimeField(verbose_name='decided at')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pair_rules', to='branches.branch')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['lock', 'forbid'])), name='pair_rule_kind_is_legal'), models.CheckConstraint(condition=models.Q(('mentor', models.F('mentee')), _negated=True), name='pair_rule_is_two_people'), models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length(django.db.models.functions.text.Trim('reason')), 10), name='pair_rule_has_a_written_reason'), models.UniqueConstraint(fields=('mentee', 'mentor'), name='one_rule_per_pair'), models.UniqueConstraint(condition=models.Q(('kind', 'lock')), fields=('mentee',), name='one_lock_per_mentee')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('mentee_said_yes', 'The mentee said yes'), ('accepted', 'Accepted by both'), ('declined', 'Declined'), ('undone', 'Undone')], default='proposed', max_length=20, verbose_name='state')),
                ('reason', models.TextField(verbose_name='reason of the coordinator')),
                ('options_shown', models.JSONField(default=list, verbose_name='options that stood on the screen')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                ('told_at', models.DateTimeField(null=True, verbose_name='somebody was told at')),
                ('mentee_answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='answer of the mentee')),
                ('mentee_answer_at', models.DateTimeField(null=True, verbose_name='answer of the mentee at')),
                ('mentor_answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='answer of the mentor')),
                ('mentor_answer_at', models.DateTimeField(null=True, verbose_name='answer of the mentor at')),
                ('decline_reason', models.CharField(blank=True, choices=[('other_field', 'Hoped for another field of work'), ('schedule', 'The times do not suit'), ('distance', 'Too far'), ('not_now', 'Not now'), ('no_longer', 'No longer takes part'), ('knows_the_person', 'Already knows this person'), ('not_a_fit', 'Does not feel right'), ('not_said', 'Did not say why')], max_length=30, verbose_name='reason for no')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='branches.branch')),
                ('duo', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='duos.duo')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals_as_mentee', to='people.person')),
                ('mentee_answer_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals_as_mentor', to='people.person')),
                ('mentor_answer_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='duos.mentorplace')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='pairing.matchrun')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', 'state', 'proposed_at'], name='proposal_of_branch')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'mentee_said_yes', 'accepted', 'declined', 'undone'])), name='proposal_state_is_legal'), models.CheckConstraint(condition=models.Q(('mentor', models.F('mentee')), _negated=True), name='proposal_is_two_people'), models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length(django.db.models.functions.text.Trim('reason')), 10), name='proposal_has_a_written_reason'), models.CheckConstraint(condition=models.Q(models.Q(('place__isnull', False), ('state__in', ('proposed', 'mentee_said_yes'))), models.Q(models.Q(('state__in', ('proposed', 'mentee_said_yes')), _negated=True), ('place__isnull', True)), _connector='OR'), name='open_proposal_holds_a_place'), models.CheckConstraint(condition=models.Q(models.Q(('duo__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('duo__isnull', True)), _connector='OR'), name='accepted_proposal_has_its_duo'), models.CheckConstraint(condition=models.Q(models.Q(('mentee_answer', ''), ('mentor_answer', ''), ('state', 'proposed')), models.Q(('mentee_answer', 'yes'), ('mentor_answer', ''), ('state', 'mentee_said_yes')), models.Q(('mentee_answer', 'yes'), ('mentor_answer', 'yes'), ('state', 'accepted')), models.Q(('mentee_answer', 'no'), ('mentor_answer', ''), ('state', 'declined')), models.Q(('mentee_answer', 'yes'), ('mentor_answer', 'no'), ('state', 'declined')), models.Q(('mentee_answer', ''), ('mentor_answer', ''), ('state', 'undone')), _connector='OR'), name='proposal_answers_agree_with_its_state'), models.CheckConstraint(condition=models.Q(models.Q(('mentee_answer', ''), ('mentee_answer_at__isnull', True), ('mentee_answer_by__isnull', True)), models.Q(models.Q(('mentee_answer', ''), _negated=True), ('mentee_answer_at__isnull', False), ('mentee_answer_by__isnull', False)), _connector='OR'), name='mentee_answer_says_when_and_who'), models.CheckConstraint(condition=models.Q(models.Q(('mentor_answer', ''), ('mentor_answer_at__isnull', True), ('mentor_answer_by__isnull', True)), models.Q(models.Q(('mentor_answer', ''), _negated=True), ('mentor_answer_at__isnull', False), ('mentor_answer_by__isnull', False)), _connector='OR'), name='mentor_answer_says_when_and_who'), models.CheckConstraint(condition=models.Q(models.Q(('decline_reason__in', ['other_field', 'schedule', 'distance', 'not_now', 'no_longer', 'knows_the_person', 'not_a_fit', 'not_said']), ('state', 'declined')), models.Q(models.Q(('state', 'declined'), _negated=True), ('decline_reason', '')), _connector='OR'), name='a_no_has_a_coded_reason'), models.CheckConstraint(condition=models.Q(models.Q(('mentee_answer', ''), ('told_at__isnull', True), ('told_by__isnull', True)), models.Q(('told_at__gte', models.F('proposed_at')), ('told_at__isnull', False), ('told_by__isnull', False)), _connector='OR'), name='who_answered_was_told'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('told_at__isnull', True), ('undone_at__isnull', False), ('undone_by__isnull', False)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', True), ('undone_by__isnull', True)), _connector='OR'), name='nothing_told_is_ever_undone'), models.CheckConstraint(condition=models.Q(('mentor_answer_at__isnull', True), ('mentor_answer_at__gte', models.F('mentee_answer_at')), _connector='OR'), name='the_mentee_answers_first'), models.UniqueConstraint(condition=models.Q(('state__in', ('proposed', 'mentee_said_yes'))), fields=('mentee',), name='one_open_proposal_per_mentee')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='RunMentee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='place in the order of waiting')),
                ('urgent', models.BooleanField(default=False, verbose_name='past the waiting ceiling')),
                ('reason', models.CharField(blank=True, max_length=40, verbose_name='code of the reason without a mentor')),
                ('limits', models.JSONField(default=dict, verbose_name='mentors per limit, and the nearest ones')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentees', to='pairing.matchrun')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('run', 'mentee'), name='mentee_once_per_run'), models.UniqueConstraint(fields=('run', 'position'), name='position_once_per_run')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='RunOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='place among the options')),
                ('points', models.IntegerField(verbose_name='points, in thousandths')),
                ('terms', models.JSONField(default=list, verbose_name='terms, which sum to the points')),
                ('reasons', models.JSONField(default=dict, verbose_name='codes of the reasons for, against and unknown')),
                ('regret', models.BigIntegerField(default=0, verbose_name='points that the whole plan loses, in thousandths')),
                ('duos_lost', models.PositiveSmallIntegerField(default=0, verbose_name='duos that the whole plan loses')),
                ('changes', models.JSONField(default=list, null=True, verbose_name='who would get whom instead')),
                ('is_chosen', models.BooleanField(default=False, verbose_name='in the plan')),
                ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='pairing.matchrun')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('run', 'mentee', 'rank'), name='option_rank_once'), models.UniqueConstraint(fields=('run', 'mentee', 'mentor'), name='option_mentor_once'), models.UniqueConstraint(condition=models.Q(('is_chosen', True)), fields=('run', 'mentee'), name='one_chosen_option_per_mentee'), models.CheckConstraint(condition=models.Q(('rank__gte', 1), ('rank__lte', 3)), name='three_options_at_most'), models.CheckConstraint(condition=models.Q(('regret__gte', 0)), name='option_regret_is_a_loss')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
