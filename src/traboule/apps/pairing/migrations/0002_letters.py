import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_way_in'),
        ('duos', '0003_agreements'),
        ('pairing', '0001_initial'),
        ('people', '0003_same_keys'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProposalLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee')], max_length=10, verbose_name='who reads')),
                ('shared', models.JSONField(default=list, verbose_name='what is told about the other person')),
                ('own_words', models.CharField(blank=True, max_length=200, verbose_name='in our own words')),
                ('sent_at', models.DateTimeField(verbose_name='sent at')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='opened at')),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='reminded at')),
                ('talk_at', models.DateTimeField(null=True, verbose_name='asked to talk first at')),
                ('rather_not', models.TextField(blank=True, max_length=500, verbose_name='whom I would rather not meet')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['mentor', 'mentee'])), name='letter_side_is_known')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='mentee_answer_says_when_and_who',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='mentor_answer_says_when_and_who',
        ),
        migrations.AddField(
            model_name='proposal',
            name='mentee_answer_via',
            field=models.CharField(blank=True, choices=[('link', 'by a link')], max_length=4, verbose_name='way of the answer'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='mentor_answer_via',
            field=models.CharField(blank=True, choices=[('link', 'by a link')], max_length=4, verbose_name='way of the answer'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mentee_answer', ''), ('mentee_answer_at__isnull', True), ('mentee_answer_by__isnull', True), ('mentee_answer_via', '')), models.Q(models.Q(('mentee_answer', ''), _negated=True), ('mentee_answer_at__isnull', False), ('mentee_answer_by__isnull', False), ('mentee_answer_via', '')), models.Q(models.Q(('mentee_answer', ''), _negated=True), ('mentee_answer_at__isnull', False), ('mentee_answer_by__isnull', True), ('mentee_answer_via', 'link')), _connector='OR'), name='mentee_answer_says_when_and_who'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mentor_answer', ''), ('mentor_answer_at__isnull', True), ('mentor_answer_by__isnull', True), ('mentor_answer_via', '')), models.Q(models.Q(('mentor_answer', ''), _negated=True), ('mentor_answer_at__isnull', False), ('mentor_answer_by__isnull', False), ('mentor_answer_via', '')), models.Q(models.Q(('mentor_answer', ''), _negated=True), ('mentor_answer_at__isnull', False), ('mentor_answer_by__isnull', True), ('mentor_answer_via', 'link')), _connector='OR'), name='mentor_answer_says_when_and_who'),
        ),
        migrations.AddField(
            model_name='proposalletter',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='pairing.proposal'),
        ),
        migrations.AddField(
            model_name='proposalletter',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='proposalletter',
            constraint=models.UniqueConstraint(fields=('proposal', 'side'), name='one_letter_per_side'),
        ),
    ]
