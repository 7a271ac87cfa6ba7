import { expect, test } from '@jest/globals';
import type { DroppedRecord } from '../app/ports/core-reader.ts';
import { createMetrics } from './metrics.ts';
import { createServiceLog } from './service-log.ts';
import { tellDropped } from './tell-dropped.ts';

const lost = (code: string, key: string): DroppedRecord => {
  return { customerId: 'P-77', entity: 'hold', key, code, message: `\`${key}\` is no date` };
};

test('lost records are counted by kind and told now and then, never whose', async () => {
  const lines: string[] = [];
  const logger = createServiceLog('info', { write: (line) => void lines.push(line) });
  const metrics = createMetrics();
  const tell = tellDropped({ metrics, logger });
  tell('core:live', [lost('BAD_DATE', 'h-1'), lost('BAD_DATE', 'h-2'), lost('Mr Smith', 'h-3')]);
  tell('core:live', [lost('BAD_DATE', 'h-1')]);
  const told = lines.map((line) => JSON.parse(line));
  expect(told).toMatchObject([
    { level: 40, system: 'core:live', entity: 'hold', code: 'BAD_DATE', count: 2 },
    { level: 40, system: 'core:live', entity: 'hold', code: 'OTHER', count: 1 },
  ]);
  const text = await metrics.text();
  const name = 'nextbest_core_records_dropped_total{system="core:live",entity="hold"';
  expect(text).toContain(`${name},code="BAD_DATE"} 3\n`);
  expect(text).toContain(`${name},code="OTHER"} 1\n`);
  for (const secret of ['P-77', 'h-1', 'h-3', 'Smith']) {
    expect(`${lines.join('')} ${text}`).not.toContain(secret);
  }
});
