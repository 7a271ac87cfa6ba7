#!/usr/bin/env bash
# pg 8.23.1: `options` in the connection string silently replaces those in the configuration.
#
# One would guess: a program sets the session's time zone and durability in `options`, an operator
# adds a schema in the url, and the session gets all of them; or the program's own win.
# What happens: the url's `options` take the place of the program's. Nothing says so: the session
# runs in the server's time zone and with the server's `synchronous_commit`.
# Who feels it: dates cut from instants are a day off at night, and a commit that was acknowledged
# may be lost with the machine, from the day on which somebody edits the url.
# Instead: take `options` out of the url and join both lists before connecting.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install pg@8.23.1

program <<'JS'
import pg from 'pg';

// What a client would send to open its session; nothing is connected.
const sessionOf = (connectionString) =>
  new pg.Client({ connectionString, options: '-c TimeZone=UTC -c synchronous_commit=on' })
    .getStartupConf().options;

console.log('plain url:', sessionOf('postgres://bank@127.0.0.1/bank'));
const options = encodeURIComponent('-c search_path=bank');
console.log('with options:', sessionOf(`postgres://bank@127.0.0.1/bank?options=${options}`));
JS

expected <<'TEXT'
plain url: -c TimeZone=UTC -c synchronous_commit=on
with options: -c search_path=bank
TEXT
