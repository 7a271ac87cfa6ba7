#!/usr/bin/env bash
# DuckDB 1.5.6 (@duckdb/node-api 1.5.6-r.1): day and month change places from one extract to the
# next.
#
# One would guess: a date that may be read in two ways stays text, or a file of a bank that writes
# month/day/year is read alike every day.
# What happens: the reader takes the first format that fits all rows it looked at, day first. An
# extract with nothing after the 12th is read as day/month; a month's extract of the same bank, in
# the same format, as month/day. Both give the type DATE, and no warning.
# Who feels it: a payment of 3 January becomes one of 1 March, in the first days of a month only.
# Instead: state `dateformat`, or read all columns as text.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install @duckdb/node-api@1.5.6-r.1

program <<'JS'
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const connection = await (await DuckDBInstance.create(':memory:')).connect();

async function read(days, options = '') {
  const rows = days.map((day, index) => `A${index},${day},10.00\n`).join('');
  writeFileSync('extract.csv', `account,booked,amount\n${rows}`);
  const query = `select booked::varchar, typeof(booked) from read_csv('extract.csv'${options})`;
  const found = (await connection.runAndReadAll(query)).getRows();
  return found.map(([day, type]) => `${type} ${day}`).join(', ');
}

const firstDays = ['01/02/2024', '01/03/2024'];
console.log('to 3 January:', await read(firstDays));
console.log('to 31 January:', await read([...firstDays, '01/31/2024']));
console.log('stated:', await read(firstDays, ", dateformat = '%m/%d/%Y'"));
JS

expected <<'TEXT'
to 3 January: DATE 2024-02-01, DATE 2024-03-01
to 31 January: DATE 2024-01-02, DATE 2024-01-03, DATE 2024-01-31
stated: DATE 2024-01-02, DATE 2024-01-03
TEXT
