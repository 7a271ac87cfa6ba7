#!/usr/bin/env bash
# date-fns 4.4.0, luxon 3.7.2, dayjs 1.11.23 and PostgreSQL: is a customer 18 today or tomorrow?
#
# One would guess: libraries agree on how many whole years lie between two days.
# What happens: for a birthday on 29 February and a year without one, date-fns, and PostgreSQL's
# `age`, complete the year on 1 March; luxon, dayjs and PostgreSQL's own `+ interval` on 28
# February. Laws differ as well, so this is a rule of the bank and no detail of a library.
# Who feels it: a customer whom the service calls of age and the batch in SQL does not.
# Instead: write the rule once, and let facts carry the age, not the date of birth.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install date-fns@4.4.0 luxon@3.7.2 dayjs@1.11.23 @electric-sql/pglite@0.5.14

program <<'JS'
import { PGlite } from '@electric-sql/pglite';
import { differenceInYears } from 'date-fns';
import dayjs from 'dayjs';
import { DateTime } from 'luxon';

const born = '2008-02-29';
const db = await PGlite.create();
const inSql = await db.query(
  `select extract(year from age(today, born))::int as age,
     born + interval '18 years' <= today as added
   from (values (date '2008-02-29', date '2026-02-28')) as customer (born, today)`,
);
const [{ age, added }] = inSql.rows;
await db.close();

const today = '2026-02-28';
const years = DateTime.fromISO(today).diff(DateTime.fromISO(born), 'years').years;
console.log('born 29 February 2008, on 28 February 2026');
console.log('date-fns', differenceInYears(new Date(2026, 1, 28), new Date(2008, 1, 29)));
console.log('luxon', Math.floor(years));
console.log('dayjs', dayjs(today).diff(dayjs(born), 'year'));
console.log('PostgreSQL, age', age);
console.log('PostgreSQL, 18 years added', added ? 'of age' : 'under age');
JS

expected <<'TEXT'
born 29 February 2008, on 28 February 2026
date-fns 17
luxon 18
dayjs 18
PostgreSQL, age 17
PostgreSQL, 18 years added of age
TEXT
