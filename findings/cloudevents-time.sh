#!/usr/bin/env bash
# cloudevents 10.0.0: an event without a time gets one, and an event with a time loses its day.
#
# One would guess: `time` is optional, so it stays undefined where the producer left it out; where
# it is there, it is what the producer sent.
# What happens: reading sets a missing time to the clock of the reader, so a replay of the same
# bytes happened later. A time that is there is rewritten to UTC and cut to milliseconds: the
# producer's offset, hence the bank's own day, and the order within a millisecond are gone.
# Who feels it: windows, caps and "latest of two" over events that were delayed or replayed.
# Instead: take `time` from the raw JSON or the `ce-time` header, and keep those bytes.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install cloudevents@10.0.0

program <<'JS'
import { setTimeout } from 'node:timers/promises';
import { HTTP } from 'cloudevents';

const headers = { 'content-type': 'application/cloudevents+json' };
const event = { specversion: '1.0', id: 'e1', source: '/core', type: 'payment', data: {} };
const read = (more) => HTTP.toEvent({ headers, body: JSON.stringify({ ...event, ...more }) });

const first = read({}).time;
await setTimeout(20);
const replayed = read({}).time;
console.log('without a time:', first === undefined ? 'none' : 'one is made up');
console.log('the same bytes again:', first === replayed ? 'the same time' : 'another time');
console.log('0.30 on 1 March in Prague:', read({ time: '2024-03-01T00:30:00.000456+01:00' }).time);
JS

expected <<'TEXT'
without a time: one is made up
the same bytes again: another time
0.30 on 1 March in Prague: 2024-02-29T23:30:00.000Z
TEXT
