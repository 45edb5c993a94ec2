import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0002_way_in'),
        ('people', '0003_same_keys'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='BankDetails',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=70, verbose_name='name of the account')),
                ('iban', models.CharField(max_length=34, verbose_name='IBAN')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='bank_details', to='people.person')),
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
            name='ExpenseClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('transport', 'Bus, train, metro'), ('kilometres', 'Kilometres by car'), ('phone', 'Phone'), ('other', 'Something else')], max_length=12, verbose_name='kind')),
                ('spent_on', models.DateField(verbose_name='day')),
                ('amount', models.PositiveIntegerField(verbose_name='amount, cents')),
                ('km', models.PositiveSmallIntegerField(null=True, verbose_name='kilometres')),
                ('km_rate', models.PositiveIntegerField(null=True, verbose_name='rate that held')),
                ('is_flat', models.BooleanField(default=False, verbose_name='without proof')),
                ('waives', models.BooleanField(default=False, verbose_name='given to the association')),
                ('about', models.CharField(blank=True, max_length=120, verbose_name='what for')),
                ('state', models.CharField(choices=[('sent', 'sent'), ('approved', 'approved'), ('refused', 'refused'), ('asked_back', 'one question'), ('withdrawn', 'taken back'), ('paid', 'paid'), ('waived', 'given to the association')], default='sent', max_length=12, verbose_name='state')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('paid_at', models.DateTimeField(null=True, verbose_name='paid')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expense_claims', to='branches.branch')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='expenses_decided', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expense_claims', to='people.person')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-spent_on', '-pk'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'indexes': [models.Index(fields=['branch', 'state', 'sent_at'], name='expense_by_state'), models.Index(fields=['person', 'spent_on'], name='expense_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['transport', 'kilometres', 'phone', 'other'])), name='expense_kind_is_legal'), models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'approved', 'refused', 'asked_back', 'withdrawn', 'paid', 'waived'])), name='expense_state_is_legal'), models.CheckConstraint(condition=models.Q(('amount__gte', 1), ('amount__lte', 1000000)), name='expense_1_cent_to_10000_euros'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'kilometres'), ('km__gte', 1), ('km__isnull', False), ('km_rate__isnull', False)), models.Q(models.Q(('kind', 'kilometres'), _negated=True), ('km__isnull', True), ('km_rate__isnull', True)), _connector='OR'), name='expense_km_say_how_many'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'refused', 'paid', 'waived']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='expense_decided_at_a_time'), models.CheckConstraint(condition=models.Q(('sent_by__isnull', True), ('decided_by__isnull', True), models.Q(('sent_by', models.F('decided_by')), _negated=True), _connector='OR'), name='expense_decided_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'asked_back']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='expense_refused_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_at__isnull', True)), _connector='OR'), name='expense_paid_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('waives', True), ('state__in', ['approved', 'paid']), _negated=True), models.Q(('waives', False), ('state', 'waived'), _negated=True)), name='expense_given_up_is_never_paid')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ExpenseProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=120, upload_to='')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('kind', models.CharField(max_length=10)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('stored_at', models.DateTimeField(verbose_name='handed in')),
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proof', to='expenses.expenseclaim')),
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
            name='ExpenseRates',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('km_rate', models.PositiveIntegerField(null=True, verbose_name='rate per kilometre, ten-thousandths of a euro')),
                ('km_year', models.PositiveIntegerField(null=True, verbose_name='kilometres a year, at most')),
                ('flat_day', models.PositiveIntegerField(null=True, verbose_name='without proof, a day, cents')),
                ('flat_year', models.PositiveIntegerField(null=True, verbose_name='without proof, a year, cents')),
                ('flat_excludes_real', models.BooleanField(default=False, verbose_name='flat sums and proven costs exclude each other')),
                ('may_waive', models.BooleanField(default=False, verbose_name='costs may be given up for a tax reduction')),
                ('source', models.CharField(max_length=300, verbose_name='where it is published')),
                ('source_year', models.PositiveSmallIntegerField(verbose_name='year of the publication')),
                ('set_at', models.DateTimeField(verbose_name='set')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['country', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('country', 'valid_from'), name='expense_rates_one_a_day'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='expense_rates_say_their_source'), models.CheckConstraint(condition=models.Q(('km_rate', None), models.Q(('km_rate__gte', 1), ('km_rate__lte', 50000)), _connector='OR'), name='expense_km_rate_up_to_5_euros')],
            },
        ),
        migrations.CreateModel(
            name='PayerAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=70, verbose_name='name of the account')),
                ('iban', models.CharField(max_length=34, verbose_name='IBAN')),
                ('version', models.CharField(choices=[('pain.001.001.09', 'pain.001.001.09'), ('pain.001.001.03', 'pain.001.001.03')], default='pain.001.001.09', max_length=20, verbose_name='form of the file')),
                ('branch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='payer_account', to='branches.branch')),
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
            name='ReimbursementBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('version', models.CharField(choices=[('pain.001.001.09', 'pain.001.001.09'), ('pain.001.001.03', 'pain.001.001.03')], max_length=20)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('pay_on', models.DateField(verbose_name='to be paid on')),
                ('transfers', models.PositiveIntegerField(verbose_name='transfers')),
                ('total', models.PositiveBigIntegerField(verbose_name='sum, cents')),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('paid_at', models.DateTimeField(null=True, verbose_name='paid')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reimbursements', to='branches.branch')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paid_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
                'constraints': [models.UniqueConstraint(fields=('branch', 'number'), name='reimbursement_number_once'), models.CheckConstraint(condition=models.Q(('total__gte', 1), ('transfers__gte', 1)), name='reimbursement_pays_somebody')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='BatchLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.PositiveIntegerField(verbose_name='amount, cents')),
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='line', to='expenses.expenseclaim')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='expenses.reimbursementbatch')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'everywhere',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
    ]
