import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_way_in'),
        ('people', '0003_same_keys'),
        ('people', '__first__'),
        ('support', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeerGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('created_at', models.DateTimeField(verbose_name='formed')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_groups', to='branches.branch')),
                ('coordinator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='peer_groups_led', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('branch', 'name'), name='peer_group_name_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='peer_group_has_a_name')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='place')),
                ('places', models.PositiveSmallIntegerField(default=12, verbose_name='places')),
                ('topic', models.CharField(blank=True, max_length=120, verbose_name='topic')),
                ('notes', models.TextField(blank=True, max_length=4000, verbose_name='notes')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='cancelled')),
                ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='branches.room')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='support.peergroup')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['group', 'starts_at'], name='gathering_by_start')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='gathering_ends_after_start'), models.CheckConstraint(condition=models.Q(('places__gte', 2), ('places__lte', 100)), name='gathering_2_to_100_places'), models.CheckConstraint(condition=models.Q(('room__isnull', False), models.Q(('place', ''), _negated=True), _connector='OR'), name='gathering_is_somewhere')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PeerMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='support.peergroup')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='peer_memberships', to='people.person')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('person',), name='peer_member_of_one_group')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='GatheringInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('waiting', 'no answer yet'), ('comes', 'comes'), ('cannot', 'cannot come')], default='waiting', max_length=10, verbose_name='answer')),
                ('number', models.PositiveSmallIntegerField(null=True, verbose_name='place')),
                ('invited_at', models.DateTimeField(verbose_name='invited')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('presence', models.CharField(blank=True, choices=[('came', 'Came'), ('missed', 'Did not come')], max_length=10, verbose_name='attendance')),
                ('marked_at', models.DateTimeField(null=True, verbose_name='marked at')),
                ('client_key', models.CharField(blank=True, max_length=40)),
                ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='support.gathering')),
                ('marked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gathering_invitations', to='people.person')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['person', 'presence'], name='gathering_by_person')],
                'constraints': [models.UniqueConstraint(fields=('gathering', 'person'), name='gathering_invites_once'), models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('gathering', 'number'), name='gathering_place_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'comes'), ('number__isnull', False)), models.Q(models.Q(('answer', 'comes'), _negated=True), ('number__isnull', True)), _connector='OR'), name='gathering_place_of_who_comes'), models.CheckConstraint(condition=models.Q(('answer__in', ['waiting', 'comes', 'cannot'])), name='gathering_answer_is_legal'), models.CheckConstraint(condition=models.Q(('presence', ''), models.Q(('marked_at__isnull', False), ('presence__in', ['came', 'missed'])), _connector='OR'), name='gathering_presence_is_legal')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
