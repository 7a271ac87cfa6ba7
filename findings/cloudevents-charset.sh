#!/usr/bin/env bash
# cloudevents 10.0.0: one capital letter or one missing blank in the content type loses the event.
#
# One would guess: `;charset=UTF-8` and `; charset=utf-8` mean the same, as RFC 9110 says.
# What happens: media types are compared as text. In structured mode the event is refused; in
# binary mode it is taken, and `data` is the JSON as text instead of an object, so that every
# field of it is undefined. The same holds for `application/vnd.bank+json`, which is JSON too.
# Who feels it: events of peers that write the header in their own way are refused in one mode; in
# the other they are accepted, acknowledged and empty.
# Instead: normalise the content type before the library sees it, or read the modes yourself.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install cloudevents@10.0.0

program <<'JS'
import { HTTP } from 'cloudevents';

const attributes = { specversion: '1.0', id: 'e1', source: '/core', type: 'payment' };
const data = { amountMinor: 1250 };

function structured(type) {
  const message = {
    headers: { 'content-type': type },
    body: JSON.stringify({ ...attributes, data }),
  };
  try {
    return HTTP.toEvent(message).data.amountMinor;
  } catch {
    return 'refused';
  }
}

function binary(type) {
  const named = Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]);
  const headers = { 'content-type': type, ...Object.fromEntries(named) };
  return HTTP.toEvent({ headers, body: JSON.stringify(data) }).data.amountMinor;
}

for (const charset of ['; charset=utf-8', ';charset=utf-8', '; charset=UTF-8']) {
  console.log(`structured${charset}:`, structured(`application/cloudevents+json${charset}`));
  console.log(`binary${charset}:`, binary(`application/json${charset}`));
}
console.log('binary, vnd.bank+json:', binary('application/vnd.bank+json'));
JS

expected <<'TEXT'
structured; charset=utf-8: 1250
binary; charset=utf-8: 1250
structured;charset=utf-8: refused
binary;charset=utf-8: undefined
structured; charset=UTF-8: refused
binary; charset=UTF-8: undefined
binary, vnd.bank+json: undefined
TEXT
