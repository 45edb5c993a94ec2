import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_way_in'),
        ('duos', '0003_agreements'),
        ('people', '0003_same_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('project', 'Find my plan'), ('cv', 'A good CV'), ('letters', 'Good letters'), ('applications', 'Send applications'), ('interviews', 'Be ready for interviews'), ('network', 'Meet people who can help'), ('french', 'Better French'), ('digital', 'At ease with a computer'), ('papers', 'My papers in order'), ('own', 'Something else')], max_length=20, verbose_name='kind')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='own words')),
                ('state', models.CharField(choices=[('open', 'on the way'), ('reached', 'reached'), ('dropped', 'put aside')], default='open', max_length=10, verbose_name='state')),
                ('added_at', models.DateTimeField(verbose_name='added at')),
                ('ended_on', models.DateField(null=True, verbose_name='ended on')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['project', 'cv', 'letters', 'applications', 'interviews', 'network', 'french', 'digital', 'papers', 'own'])), name='goal_kind_is_legal'), models.CheckConstraint(condition=models.Q(('kind', 'own'), ('words', ''), _negated=True), name='own_goal_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('state', 'open')), models.Q(('ended_on__isnull', False), ('state__in', ('reached', 'dropped'))), _connector='OR'), name='ended_goal_says_when')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='JobApplication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('employer', models.CharField(blank=True, max_length=120, verbose_name='to whom')),
                ('rome', models.CharField(blank=True, max_length=5, verbose_name='occupation (ROME)')),
                ('occupation', models.CharField(blank=True, max_length=120, verbose_name='occupation')),
                ('sent_on', models.DateField(verbose_name='sent on')),
                ('reply', models.CharField(choices=[('waiting', 'No answer yet'), ('interview', 'Invited to an interview'), ('no', 'No, not this time'), ('offer', 'They offer me the job')], default='waiting', max_length=10, verbose_name='answer')),
                ('replied_on', models.DateField(null=True, verbose_name='answered on')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='job_applications', to='people.person')),
            ],
            options={
                'ordering': ('-sent_on', '-pk'),
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['person', 'sent_on'], name='job_application_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reply__in', ['waiting', 'interview', 'no', 'offer'])), name='job_reply_is_legal'), models.CheckConstraint(condition=models.Q(('employer', ''), ('occupation', ''), ('rome', ''), _negated=True), name='job_application_says_for_what'), models.CheckConstraint(condition=models.Q(models.Q(('replied_on__isnull', True), ('reply', 'waiting')), models.Q(models.Q(('reply', 'waiting'), _negated=True), ('replied_on__gte', models.F('sent_on')), ('replied_on__isnull', False)), _connector='OR'), name='job_reply_comes_after_sending')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('employer', models.CharField(max_length=120, verbose_name='with whom')),
                ('starts_at', models.DateTimeField(verbose_name='starts at')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('sequence', models.PositiveSmallIntegerField(default=0, verbose_name='times moved')),
                ('went', models.CharField(blank=True, choices=[('good', 'It went well'), ('mixed', 'So-so'), ('hard', 'It was hard'), ('not_held', 'It did not take place')], max_length=10, verbose_name='how it went')),
                ('added_at', models.DateTimeField(verbose_name='added at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to='people.person')),
                ('application', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='interviews', to='duos.jobapplication')),
            ],
            options={
                'ordering': ('starts_at', 'pk'),
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['person', 'starts_at'], name='interview_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('went__in', ('', 'good', 'mixed', 'hard', 'not_held'))), name='interview_went_is_legal'), models.CheckConstraint(condition=models.Q(('employer', ''), _negated=True), name='interview_says_with_whom')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=24)),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='own words')),
                ('due_on', models.DateField(verbose_name='until')),
                ('state', models.CharField(choices=[('open', 'to do'), ('done', 'done'), ('dropped', 'put aside')], default='open', max_length=10, verbose_name='state')),
                ('done_on', models.DateField(null=True, verbose_name='done on')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='duos.goal')),
            ],
            options={
                'ordering': ('due_on', 'pk'),
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['goal', 'state', 'due_on'], name='milestone_of_goal')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'dropped'])), name='milestone_state_is_legal'), models.CheckConstraint(condition=models.Q(('code', ''), ('words', ''), _negated=True), name='milestone_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', True)), _connector='OR'), name='done_milestone_says_when')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PlanChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shows_goals', models.BooleanField(default=True, verbose_name='goals are shown to the mentor')),
                ('shows_applications', models.BooleanField(default=True, verbose_name='applications are shown to the mentor')),
                ('shows_jobs', models.BooleanField(default=True, verbose_name='short jobs are shown to the mentor')),
                ('shows_note', models.BooleanField(default=False, verbose_name='the note is shown to the mentor')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='private note')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='plan_choice', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PlanTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('kind', models.CharField(choices=[('project', 'Find my plan'), ('cv', 'A good CV'), ('letters', 'Good letters'), ('applications', 'Send applications'), ('interviews', 'Be ready for interviews'), ('network', 'Meet people who can help'), ('french', 'Better French'), ('digital', 'At ease with a computer'), ('papers', 'My papers in order'), ('own', 'Something else')], max_length=20, verbose_name='kind')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('steps', models.TextField(blank=True, max_length=2000, verbose_name='milestones')),
                ('days', models.PositiveSmallIntegerField(default=14, verbose_name='days between two milestones')),
                ('is_offered', models.BooleanField(default=True, verbose_name='offered')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_templates', to='branches.branch')),
            ],
            options={
                'ordering': ('number',),
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('branch', 'number'), name='plan_template_number_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['project', 'cv', 'letters', 'applications', 'interviews', 'network', 'french', 'digital', 'papers', 'own'])), name='plan_template_kind_is_legal'), models.CheckConstraint(condition=models.Q(('kind', 'own'), ('title', ''), _negated=True), name='own_template_has_a_title'), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 180)), name='plan_template_days')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ShortJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work', models.CharField(max_length=120, verbose_name='work')),
                ('employer', models.CharField(blank=True, max_length=120, verbose_name='employer')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(null=True, verbose_name='to')),
                ('hours', models.PositiveSmallIntegerField(null=True, verbose_name='hours a week')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='short_jobs', to='people.person')),
            ],
            options={
                'ordering': ('-starts_on', '-pk'),
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('work', ''), _negated=True), name='short_job_says_what'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='short_job_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('hours__isnull', True), models.Q(('hours__gte', 1), ('hours__lte', 80)), _connector='OR'), name='short_job_hours_are_possible')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=200, verbose_name='suggestion')),
                ('due_on', models.DateField(null=True, verbose_name='until')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('taken', models.CharField(choices=[('waiting', 'not read yet'), ('accepted', 'in the plan'), ('put_away', 'put away')], default='waiting', max_length=10, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('goal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='duos.goal')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_suggestions', to='people.person')),
                ('suggested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='suggestion_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('taken', 'waiting')), models.Q(('answered_at__isnull', False), ('taken__in', ('accepted', 'put_away'))), _connector='OR'), name='answered_suggestion_says_when')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
