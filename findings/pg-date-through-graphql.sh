#!/usr/bin/env bash
# pg 8.23.1 and graphql-scalars 2.0.0: a birthday or a maturity is shown one day early.
#
# One would guess: a `date` column behind the scalar `Date` shows the day that is stored.
# What happens: pg makes of a day the Date of midnight in the server's zone; the scalar takes the
# day in UTC. East of Greenwich that is the day before. In New York, and on a build machine set to
# UTC, the same service is right.
# Who feels it: every customer in Europe and Asia whose maturity, birthday or due date is shown.
# Instead: give `date` columns as text, with `types.setTypeParser(1082, (day) => day)`, and use a
# scalar of text.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install pg@8.23.1 pg-types@2.2.0 graphql@16.15.0 graphql-scalars@2.0.0

program <<'JS'
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { GraphQLObjectType, GraphQLSchema, graphql } = require('graphql');
const { GraphQLDate } = require('graphql-scalars');
const { types } = require('pg');

/** What the API answers for a column that holds 1 March 2024. */
async function shown(zone) {
  process.env.TZ = zone;
  const maturity = types.getTypeParser(types.builtins.DATE)('2024-03-01');
  const fields = { maturity: { type: GraphQLDate, resolve: () => maturity } };
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) });
  const { data } = await graphql({ schema, source: '{ maturity }' });
  return data.maturity;
}

for (const zone of ['America/New_York', 'UTC', 'Europe/Prague', 'Asia/Tokyo']) {
  console.log(zone, await shown(zone));
}
JS

expected <<'TEXT'
America/New_York 2024-03-01
UTC 2024-03-01
Europe/Prague 2024-02-29
Asia/Tokyo 2024-02-29
TEXT
