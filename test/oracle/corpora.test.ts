import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Corpus, readCorpora } from '../support/corpora.ts';
import { type Door, openDoors } from '../support/doors.ts';
import { offer, pollution } from '../support/offer-corpora.ts';
import { describeWithShared } from '../support/shared-data.ts';

/** Of a large corpus every so many cases: `npm run rig:corpora` offers all of them. */
const EVERY = 7;
const SMALL = 60;
/** Generous, for other tests run beside: the rig tells the figure. */
const MOST_MS = 1_000;

describeWithShared('the hostile corpora', ['corpora/MANIFEST.json'], () => {
  let doors: readonly Door[] = [];
  let close = async () => {};
  beforeAll(async () => {
    ({ doors, close } = await openDoors());
  });
  afterAll(() => close());

  const corpora = readCorpora() ?? [];

  test('are thirteen, of more than three thousand cases', () => {
    expect(corpora.map(({ name }) => name)).toHaveLength(13);
    expect(corpora.flatMap(({ cases }) => cases).length).toBeGreaterThan(3_000);
    expect(corpora.filter(({ cases }) => cases.length === 0)).toEqual([]);
  });

  test.each(corpora.map((corpus) => [corpus.name, sampled(corpus)] as const))(
    'are taken at no door that may not take them, and leave nothing behind: %s',
    async (_name, corpus) => {
      for (const door of doors) {
        const { wrongly, crashed, longestMs, longest } = await offer(corpus, door);
        expect([door.name, wrongly, crashed]).toEqual([door.name, [], []]);
        const isLate = longestMs > MOST_MS;
        expect([door.name, longest, isLate]).toEqual([door.name, longest, false]);
        expect(pollution()).toEqual([]);
      }
    },
    120_000,
  );

  test('are taken where they are right: not every door is shut', async () => {
    const right = {
      id: 'right',
      bytes: Buffer.from('{"query": "{ activeRelease { __typename } }"}'),
    };
    const words = { id: 'words', bytes: Buffer.from('naïve 😀') };
    const taken = async (one: typeof right) => {
      const names: string[] = [];
      for (const door of doors) if (await door.take(one)) names.push(door.name);
      return names;
    };
    expect(await taken(right)).toEqual([
      'HTTP body',
      'argument, id',
      'argument, text',
      'JSON of a rule file',
    ]);
    expect(await taken(words)).toEqual([
      'argument, id',
      'argument, text',
      'cell of an extract, text',
    ]);
  });
});

function sampled({ name, cases }: Corpus): Corpus {
  return { name, cases: cases.length > SMALL ? cases.filter((_, n) => n % EVERY === 0) : cases };
}
