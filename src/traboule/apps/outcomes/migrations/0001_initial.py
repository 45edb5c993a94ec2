import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0003_contact'),
        ('duos', '0006_change_of_mentor'),
        ('people', '0007_comes_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('job', 'A job'), ('internship', 'An internship'), ('training', 'A training that leads to a job'), ('study', 'Back to school or university'), ('language', 'A step in the language'), ('volunteering', 'Volunteering'), ('own_business', 'An own business')], max_length=20, verbose_name='kind')),
                ('contract', models.CharField(blank=True, choices=[('permanent', 'Without an end'), ('fixed', 'With an end'), ('temp', 'Through an agency, now and then'), ('apprentice', 'Work and school in turn'), ('supported', 'A supported job'), ('other', 'Something else'), ('unknown', 'I do not know')], max_length=12, verbose_name='contract')),
                ('weekly_hours', models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name='hours a week')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(null=True, verbose_name='last day')),
                ('seen_on', models.DateField(verbose_name='last known to run on')),
                ('employer', models.CharField(blank=True, max_length=120, verbose_name='employer or school')),
                ('occupation', models.CharField(blank=True, max_length=5, verbose_name='occupation')),
                ('told_by', models.CharField(choices=[('mentee', 'The mentee'), ('mentor', 'The mentor'), ('employer', 'An employer or a school'), ('office', 'An office'), ('team', 'The team saw it')], max_length=10, verbose_name='known from')),
                ('told_at', models.DateTimeField(verbose_name='told')),
                ('corrected_at', models.DateTimeField(null=True, verbose_name='corrected')),
                ('grade', models.CharField(choices=[('declared', 'declared'), ('documented', 'documented'), ('administrative', 'administrative')], default='declared', max_length=15, verbose_name='evidence')),
                ('state', models.CharField(choices=[('told', 'to verify'), ('verified', 'verified'), ('doubted', 'not confirmed'), ('withdrawn', 'taken back'), ('joined', 'the same as another one')], default='told', max_length=10, verbose_name='state')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='looked at')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why not confirmed')),
                ('apart_from', models.JSONField(default=list, verbose_name='said to be another one than')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='branches.branch')),
                ('corrected_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='outcomes_decided', to=settings.AUTH_USER_MODEL)),
                ('duo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='duos.duo')),
                ('joined_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='outcomes.outcome')),
                ('maybe_same_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='twins', to='outcomes.outcome')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='people.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-starts_on', '-pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', 'state', 'told_at'], name='outcome_by_state'), models.Index(fields=['person', 'starts_on'], name='outcome_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['job', 'internship', 'training', 'study', 'language', 'volunteering', 'own_business'])), name='outcome_kind_is_legal'), models.CheckConstraint(condition=models.Q(('state__in', ['told', 'verified', 'doubted', 'withdrawn', 'joined'])), name='outcome_state_is_legal'), models.CheckConstraint(condition=models.Q(('grade__in', ['declared', 'documented', 'administrative'])), name='outcome_grade_is_legal'), models.CheckConstraint(condition=models.Q(('told_by__in', ['mentee', 'mentor', 'employer', 'office', 'team'])), name='outcome_is_known_from'), models.CheckConstraint(condition=models.Q(models.Q(('contract__in', ['permanent', 'fixed', 'temp', 'apprentice', 'supported', 'other', 'unknown']), ('kind', 'job')), models.Q(models.Q(('kind', 'job'), _negated=True), ('contract__in', ['', 'permanent', 'fixed', 'temp', 'apprentice', 'supported', 'other', 'unknown'])), _connector='OR'), name='outcome_job_says_its_contract'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='outcome_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('weekly_hours__isnull', True), models.Q(('weekly_hours__gt', 0), ('weekly_hours__lte', 80)), _connector='OR'), name='outcome_up_to_80_hours_a_week'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['verified', 'doubted']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='outcome_verified_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('recorded_by__isnull', True), ('decided_by__isnull', True), models.Q(('recorded_by', models.F('decided_by')), _negated=True), _connector='OR'), models.Q(('corrected_by__isnull', True), ('decided_by__isnull', True), models.Q(('corrected_by', models.F('decided_by')), _negated=True), _connector='OR')), name='outcome_verified_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'doubted'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='outcome_doubted_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('joined_to__isnull', False), ('state', 'joined')), models.Q(models.Q(('state', 'joined'), _negated=True), ('joined_to__isnull', True)), _connector='OR'), name='outcome_joined_to_another_one'), models.CheckConstraint(condition=models.Q(('joined_to__isnull', True), models.Q(('joined_to', models.F('id')), _negated=True), _connector='OR'), name='outcome_is_not_joined_to_itself')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=120, upload_to='')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('kind', models.CharField(max_length=10)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('stored_at', models.DateTimeField(verbose_name='handed in')),
                ('paper', models.CharField(choices=[('contract', 'Contract'), ('payslip', 'Payslip'), ('attestation', 'Letter of an employer or a school'), ('office', 'Statement of an office'), ('other', 'Another paper')], max_length=12, verbose_name='what it is')),
                ('sent_by', models.CharField(choices=[('mentee', 'The mentee'), ('mentor', 'The mentor'), ('employer', 'An employer or a school'), ('office', 'An office'), ('team', 'The team saw it')], max_length=10, verbose_name='sent by')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='outcomes.outcome')),
            ],
            options={
                'ordering': ['stored_at', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('paper__in', ['contract', 'payslip', 'attestation', 'office', 'other'])), name='evidence_kind_is_legal')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='NoOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(verbose_name='asked on')),
                ('answer', models.CharField(choices=[('nothing_yet', 'Nothing yet'), ('rather_not', 'Would rather not say'), ('not_reached', 'Not reached')], max_length=12, verbose_name='answer')),
                ('whys', models.JSONField(default=list, verbose_name='what makes it hard')),
                ('told_by', models.CharField(choices=[('mentee', 'The mentee'), ('mentor', 'The mentor'), ('employer', 'An employer or a school'), ('office', 'An office'), ('team', 'The team saw it')], max_length=10, verbose_name='known from')),
                ('recorded_at', models.DateTimeField(verbose_name='noted')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='no_outcomes', to='branches.branch')),
                ('duo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='no_outcomes', to='duos.duo')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='no_outcomes', to='people.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_on', '-pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('person', 'asked_on', 'told_by'), name='no_outcome_once_a_day_and_side'), models.CheckConstraint(condition=models.Q(('answer__in', ['nothing_yet', 'rather_not', 'not_reached'])), name='no_outcome_answer_is_legal'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'not_reached'), _negated=True), ('told_by', 'team'), _connector='OR'), name='only_the_team_did_not_reach')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
