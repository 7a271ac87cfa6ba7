#!/usr/bin/env bash
# @platformatic/kafka 2.12.1 and kafkajs 2.2.4: two producers put one customer on two partitions.
#
# One would guess: both hash a key with murmur2, as Kafka's own client does, so that all events of
# a customer share a partition and keep their order.
# What happens: they differ in the sign of the hash. Where the number of partitions is no power of
# two, about half of all keys go elsewhere; with 1, 2, 4 or 8 partitions nothing shows.
# Who feels it: a core written in one client and a channel in another publish on one topic. An
# opt-out and the offer that precedes it are read in any order, and compacted topics keep both.
# Instead: give @platformatic/kafka its `compatibilityPartitioner`.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install @platformatic/kafka@2.12.1 kafkajs@2.2.4

program <<'JS'
import { compatibilityPartitioner, defaultPartitioner } from '@platformatic/kafka';
import kafkajs from 'kafkajs';

const keys = Array.from({ length: 1000 }, (_, index) => Buffer.from(`customer-${index}`));
const kafkas = kafkajs.Partitioners.DefaultPartitioner();

function elsewhere(partitions, partitioner) {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    leader: 1,
  }));
  const differs = (key) =>
    partitioner({}, key) % partitions !==
    kafkas({ topic: 'events', partitionMetadata, message: { key } });
  return keys.filter(differs).length;
}

for (const partitions of [4, 6, 8, 12]) {
  console.log(`${partitions} partitions, keys of 1000 that go elsewhere:`);
  console.log('  by default', elsewhere(partitions, defaultPartitioner));
  console.log('  compatible', elsewhere(partitions, compatibilityPartitioner));
}
JS

expected <<'TEXT'
4 partitions, keys of 1000 that go elsewhere:
  by default 0
  compatible 0
6 partitions, keys of 1000 that go elsewhere:
  by default 483
  compatible 0
8 partitions, keys of 1000 that go elsewhere:
  by default 0
  compatible 0
12 partitions, keys of 1000 that go elsewhere:
  by default 483
  compatible 0
TEXT
