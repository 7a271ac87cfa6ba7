import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ASK, customerIds, decided, inTurns } from '../support/demo-queries.ts';
import { type DemoService, openDemoService } from '../support/demo-service.ts';

describe('the language of a treatment', () => {
  let service: DemoService;
  let ids: readonly string[];
  const decide = async (variables: object) => decided(await service.ask('AGENT', ASK, variables));

  beforeAll(async () => {
    service = await openDemoService();
    ids = await customerIds(service, 40);
  }, 180_000);
  afterAll(() => service?.close());

  test('is the working one for an agent, the own or the default for a customer', async () => {
    const release = await service.world.releases.takeActive();
    const texts = new Map(
      release?.body.actions.flatMap(({ treatments }) =>
        treatments.map((one) => [one.id, one.text] as const),
      ),
    );
    const shown = async (language: string, channel: string) => {
      await service.database.query(
        'update bank_party set language = $1 where party_id = any($2)',
        [language, ids],
      );
      const made = await inTurns(ids, (id) => decide({ id, channel, first: 20 }));
      expect(made.flatMap(({ withheld }) => withheld.map(({ rule }) => rule))).not.toContain(
        'catalogue.language',
      );
      return made.flatMap(({ actions }) => actions.map(({ treatment }) => treatment));
    };
    const cases = [
      ['hu', 'AGENT', 'en'],
      ['fr', 'BRANCH', 'en'],
      ['hu', 'MOBILE', 'hu'],
      ['fr', 'MOBILE', 'en'],
    ] as const;
    for (const [language, channel, expected] of cases) {
      const treatments = await shown(language, channel);
      expect([language, channel, treatments.length > 10]).toEqual([language, channel, true]);
      for (const { id, text } of treatments) {
        expect([id, text]).toEqual([id, texts.get(id)?.[expected]]);
      }
    }
  }, 60_000);
});
