import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_way_in'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='NotSamePerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField()),
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
            name='PersonDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=120, upload_to='')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('kind', models.CharField(max_length=10)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('stored_at', models.DateTimeField(verbose_name='handed in')),
                ('about', models.CharField(max_length=120, verbose_name='what it is')),
            ],
            options={
                'ordering': ['-stored_at', '-pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PersonMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changes', models.JSONField(default=list, verbose_name='what changed')),
                ('merged_at', models.DateTimeField(verbose_name='joined')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='separated again')),
            ],
            options={
                'ordering': ['-merged_at', '-pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.CheckConstraint(condition=models.Q(('undone_at', None), ('undone_at__gte', models.F('merged_at')), _connector='OR'), name='merge_undone_after_it')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='consent',
            name='consent_purpose_is_known',
        ),
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged_from', to='people.person'),
        ),
        migrations.AddField(
            model_name='person',
            name='same_birth',
            field=models.CharField(blank=True, editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='person',
            name='same_email',
            field=models.CharField(blank=True, editable=False, max_length=254),
        ),
        migrations.AddField(
            model_name='person',
            name='same_name',
            field=models.CharField(blank=True, editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name='person',
            name='same_phone',
            field=models.CharField(blank=True, editable=False, max_length=9),
        ),
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('programme', 'Taking part in the programme'), ('sharing', 'Telling the other person of a duo'), ('referrer_news', 'News to the adviser who sent the person'), ('statistics', 'Figures without names')], max_length=20, verbose_name='purpose'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['branch', 'same_name'], name='person_same_name'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['branch', 'same_birth'], name='person_same_birth'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['branch', 'same_phone'], name='person_same_phone'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['branch', 'same_email'], name='person_same_email'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['programme', 'sharing', 'referrer_news', 'statistics'])), name='consent_purpose_is_known'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('archived_at__isnull', False), models.Q(('merged_into', models.F('id')), _negated=True)), _connector='OR'), name='person_merged_is_archived'),
        ),
        migrations.AddField(
            model_name='notsameperson',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='not_same_as_later', to='people.person'),
        ),
        migrations.AddField(
            model_name='notsameperson',
            name='said_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notsameperson',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='not_same_as_earlier', to='people.person'),
        ),
        migrations.AddField(
            model_name='persondocument',
            name='added_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='persondocument',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='people.person'),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='branch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='person_merges', to='branches.branch'),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='dropped',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_dropped', to='people.person'),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_kept', to='people.person'),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='merged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merges_made', to=settings.AUTH_USER_MODEL, verbose_name='joined by'),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merges_undone', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='notsameperson',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='not_same_once'),
        ),
        migrations.AddConstraint(
            model_name='notsameperson',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='not_same_smaller_first'),
        ),
        migrations.AddConstraint(
            model_name='personmerge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('dropped')), _negated=True), name='merge_is_of_two'),
        ),
        migrations.AddConstraint(
            model_name='personmerge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('dropped',), name='merge_once_at_a_time'),
        ),
    ]
