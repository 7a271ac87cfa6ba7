import { setPriority } from 'node:os';
import { platform } from 'node:process';
import { parentPort } from 'node:worker_threads';
import type { ShapAnswer, ShapQuestion } from '../../app/ports/shap.ts';
import { decodeForest } from '../../engine/propensity/stored/decode-forest.ts';
import { prepareShap, type ShapForest } from '../../laboratory/shap/prepare-shap.ts';
import { shapForest } from '../../laboratory/shap/shap-forest.ts';

/** Asked and answered over one channel, told apart by number. */
interface ShapMessage {
  readonly number: number;
  readonly questions: readonly ShapQuestion[];
}

/** A fault fails all questions of its message, which are those of one decision. */
export type ShapReply =
  | { readonly number: number; readonly answers: readonly ShapAnswer[] }
  | { readonly number: number; readonly fault: string };

/** A release's forests are asked about again and again. */
const KEPT_FORESTS = 32;
const kept = new Map<string, ShapForest>();

/** Linux gives priorities to threads, others to processes: there this one is as good as all. */
const LOW_PRIORITY = 10;
if (platform === 'linux') setPriority(LOW_PRIORITY);

parentPort?.on('message', ({ number, questions }: ShapMessage) => {
  parentPort?.postMessage(reply(number, questions));
});

function reply(number: number, questions: readonly ShapQuestion[]): ShapReply {
  try {
    return { number, answers: questions.map(answer) };
  } catch (cause) {
    return { number, fault: cause instanceof Error ? cause.message : 'no forest' };
  }
}

function answer({ digest, bytes, facts }: ShapQuestion): ShapAnswer {
  const forest = kept.get(digest) ?? decoded(bytes);
  if (kept.size >= KEPT_FORESTS) kept.clear();
  kept.set(digest, forest);
  const values = new Map(facts.map(({ name, value }) => [name, value]));
  const row = forest.features.map(({ name }) => {
    const value = values.get(name);
    return typeof value === 'object' ? undefined : value;
  });
  const { trees, sum, base, values: shap } = shapForest(forest, row);
  const byFact = forest.features
    .map(({ name }, f) => ({ fact: name, sum: shap[f] ?? 0 }))
    .filter((one) => one.sum !== 0)
    .toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum) || (a.fact < b.fact ? -1 : 1));
  return { trees, sum, base, byFact };
}

function decoded(bytes: Uint8Array): ShapForest {
  const forest = decodeForest(bytes);
  if (!forest.ok) throw new Error(`${forest.refusal.at}: ${forest.refusal.message}`);
  return prepareShap(forest.value);
}
