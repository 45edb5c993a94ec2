import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0003_talk_slots'),
        ('branches', '0002_way_in'),
        ('people', '0003_same_keys'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='BranchClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('closes_on', models.DateField(verbose_name='closes on')),
                ('decided_at', models.DateTimeField(verbose_name='decided')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='people were told')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='branches.branch')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='closings_of', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='closings_decided', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('branch',), name='branch_closes_once_at_a_time'), models.CheckConstraint(condition=models.Q(('undone_at', None), ('told_at', None), _connector='OR'), name='closing_undone_only_before_telling')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ClosingPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(verbose_name='told')),
                ('answer', models.CharField(blank=True, choices=[('yes', 'moves'), ('no', 'does not move')], max_length=5, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('closing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='applications.branchclosing')),
                ('moved_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people_from_closings', to='branches.branch')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closings', to='people.person')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('closing', 'person'), name='closing_tells_each_person_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__gte', models.F('told_at')), ('answered_at__isnull', False)), _connector='OR'), name='closing_answer_says_when'), models.CheckConstraint(condition=models.Q(('moved_to', None), ('answer', 'yes'), _connector='OR'), name='closing_moves_only_who_said_yes')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
