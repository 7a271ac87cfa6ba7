import type { Digest } from '../../domain/digest.ts';
import type { FactValue } from '../../domain/fact.ts';

/** A forest by its bytes, and a value a feature in its own order. */
export interface ShapQuestion {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly facts: readonly { readonly name: string; readonly value: FactValue | undefined }[];
}

/** SHAP values in ppm over all trees; `base` and all values add up to `sum` exactly. */
export interface ShapAnswer {
  readonly trees: number;
  readonly sum: number;
  readonly base: number;
  readonly byFact: readonly { readonly fact: string; readonly sum: number }[];
}

/** More questions wait than may: nothing was computed, and a later try may find room. */
export class ShapBusy extends Error {
  constructor(waiting: number) {
    super(`${waiting} explanations wait already; try again in a moment`);
    this.name = 'ShapBusy';
  }
}

/** Computes SHAP values away from the thread that decides; rejects with `ShapBusy`. */
export type ShapComputer = (questions: readonly ShapQuestion[]) => Promise<readonly ShapAnswer[]>;
