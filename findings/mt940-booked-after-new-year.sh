#!/usr/bin/env bash
# mt940js 1.3.5 and mt940-js 1.0.0: an entry booked in the first days of a year is a year too old.
#
# One would guess: field 61 gives the value date with its year and the entry date without one; the
# entry date is the day nearest to the value date, across New Year if need be.
# What happens: both libraries paste the year of the value date onto the entry date. Value 29
# December 2023, booked 2 January: booked 2 January 2023. Value 2 January 2024, booked 31
# December: booked a year later than the statement itself.
# Who feels it: the first days of every year. Windows of 90 days miss the entries, rules on
# recency see a customer idle for a year, and events of tomorrow appear in the past.
# Instead: choose the year that puts the entry date nearest to the value date.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

# mt940-js needs tslib without naming it.
install mt940js@1.3.5 mt940-js@1.0.0 tslib@2.8.1

program <<'JS'
import mt940 from 'mt940-js';
import mt940js from 'mt940js';

const message = [
  ':20:STATEMENT',
  ':25:DE89370400440532013000',
  ':28C:1/1',
  ':60F:C231229EUR1000,00',
  ':61:2312290102D40,00NTRFCARD',
  ':86:VALUE IN THE OLD YEAR',
  ':61:2401021231D10,00NTRFFEE',
  ':86:VALUE IN THE NEW YEAR',
  ':62F:C240102EUR950,00',
  '',
].join('\r\n');

const day = (date) => date.toISOString().slice(0, 10);
const [first] = new mt940js.Parser().parse(message);
for (const { date, entryDate } of first.transactions) {
  console.log(`mt940js: value ${day(date)}, booked ${day(entryDate)}`);
}
const [second] = await mt940.read(Buffer.from(message));
for (const { valueDate, entryDate } of second.transactions) {
  console.log(`mt940-js: value ${valueDate}, booked ${entryDate}`);
}
JS

expected <<'TEXT'
mt940js: value 2023-12-29, booked 2023-01-02
mt940js: value 2024-01-02, booked 2024-12-31
mt940-js: value 2023-12-29, booked 2023-01-02
mt940-js: value 2024-01-02, booked 2024-12-31
TEXT
