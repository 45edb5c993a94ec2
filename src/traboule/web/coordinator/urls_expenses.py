"""Addresses of expenses: what volunteers sent, what is paid, rates, years."""

from django.urls import path

from traboule.web.coordinator import expenses, expenses_pay, expenses_years

urlpatterns = [
    path("expenses/", expenses.expenses, name="expenses"),
    path("expenses/<int:pk>/", expenses.expense, name="expense"),
    path("expenses/<int:pk>/proof/", expenses.expense_proof, name="expense_proof"),
    path("expenses/payments/", expenses_pay.payments, name="reimbursements"),
    path("expenses/payments/account/", expenses_pay.payer, name="expense_payer"),
    path("expenses/payments/<int:pk>/file.xml", expenses_pay.bank_file, name="reimbursement_file"),
    path("expenses/payments/<int:pk>/paid/", expenses_pay.paid, name="reimbursement_paid"),
    path("expenses/people/<int:pk>/account/", expenses_pay.bank, name="expense_bank"),
    path("expenses/rates/", expenses_years.rates, name="expense_rates"),
    path("expenses/rates/new/", expenses_years.rates_new, name="expense_rates_new"),
    path("expenses/years/", expenses_years.years, name="expense_years"),
    path("expenses/years/<int:year>/<int:pk>.pdf", expenses_years.statement, name="expense_statement"),
]
