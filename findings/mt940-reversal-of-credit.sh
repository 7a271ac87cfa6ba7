#!/usr/bin/env bash
# mt940-js 1.0.0: money taken back is read as money received.
#
# One would guess: field 61 marks an entry C, D, RC or RD, and RC, the reversal of a credit, takes
# money out of the account; so `isCredit` is false, or a flag says reversal.
# What happens: `isCredit` is true for RC and false for RD, there is no flag, the amount has no
# sign, and `isExpense` is true for a salary too, since it looks for codes of two banks only.
# Who feels it: a salary paid by mistake and taken back counts as two salaries. Incomes, balances
# and every rule on them are wrong by twice the amount.
# Instead: read the mark from field 61 yourself; check the entries against the closing balance.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

# mt940-js needs tslib without naming it.
install mt940-js@1.0.0 tslib@2.8.1

program <<'JS'
import mt940 from 'mt940-js';

const message = [
  ':20:STATEMENT',
  ':25:DE89370400440532013000',
  ':28C:1/1',
  ':60F:C240102EUR1000,00',
  ':61:2401020102C250,00NTRFSALARY',
  ':86:SALARY',
  ':61:2401030103RC250,00NTRFSALARY',
  ':86:SALARY TAKEN BACK',
  ':61:2401040104RD40,00NTRFCARD',
  ':86:CARD PAYMENT REFUNDED',
  ':62F:C240104EUR1040,00',
  '',
].join('\r\n');

const [statement] = await mt940.read(Buffer.from(message));
for (const { description, amount, isCredit, isExpense } of statement.transactions) {
  console.log(`${description}: ${amount}, credit ${isCredit}, expense ${isExpense}`);
}
const opening = statement.openingBalance.value;
const signed = statement.transactions.map((one) => (one.isCredit ? one.amount : -one.amount));
const computed = signed.reduce((sum, one) => sum + one, opening);
console.log(`${computed} by its credits, ${statement.closingBalance.value} by the bank`);
JS

expected <<'TEXT'
SALARY: 250, credit true, expense true
SALARY TAKEN BACK: 250, credit true, expense true
CARD PAYMENT REFUNDED: 40, credit false, expense true
1460 by its credits, 1040 by the bank
TEXT
