#!/usr/bin/env bash
# date-holidays 3.37.0: `isHoliday` calls Valentine's Day a holiday.
#
# One would guess: `isHoliday` is true on days when banks and offices are closed.
# What happens: it answers with every day of note, observances included. In Germany in 2024 that is
# 7 working days beside the 9 public holidays that fall on one; in the United States they include
# Election Day and the day taxes are due.
# Who feels it: due dates, quiet days and "within 3 working days" that move without a reason.
# Instead: look at `type`, or construct it with `{ types: ['public'] }`; banks have their own
# calendar all the same, TARGET's for payments in euro.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install date-holidays@3.37.0

program <<'JS'
import Holidays from 'date-holidays';

/** How many days of 2024, Monday to Friday, are called holidays at noon in UTC. */
function workingDays(country, options) {
  const calendar = new Holidays(country, options);
  const noon = (index) => new Date(Date.UTC(2024, 0, 1 + index, 12));
  const days = Array.from({ length: 366 }, (_, index) => noon(index));
  const working = days.filter((day) => day.getUTCDay() % 6 !== 0);
  return working.filter((day) => calendar.isHoliday(day) !== false).length;
}

const [valentine] = new Holidays('DE').isHoliday(new Date('2024-02-14T12:00:00Z'));
console.log('14 February in Germany:', valentine.type);
for (const country of ['DE', 'US', 'CZ']) {
  const all = workingDays(country);
  const closed = workingDays(country, { types: ['public'] });
  console.log(`${country}: ${all} working days called holidays, ${closed} of them public`);
}
JS

expected <<'TEXT'
14 February in Germany: observance
DE: 16 working days called holidays, 9 of them public
US: 18 working days called holidays, 11 of them public
CZ: 12 working days called holidays, 10 of them public
TEXT
