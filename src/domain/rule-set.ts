import type { Digest } from './digest.ts';
import type { Duration } from './duration.ts';
import type { FactUse } from './fact.ts';
import type { ForestPlan } from './forest.ts';
import type { ProductKind } from './product-kind.ts';
import type { ReleaseBody } from './release.ts';
import type { RuleCase } from './rule.ts';

/** What to train, as its owner wrote it; settings left out hold their defaults. */
export interface ForestDeclaration {
  readonly id: string;
  readonly predictsFor: { readonly scope: 'ACTION' | 'GROUP'; readonly id: string };
  /** Positive when any of the named things happens within the window. */
  readonly target: {
    readonly label: string;
    readonly productKinds?: readonly ProductKind[];
    readonly products?: readonly string[];
    readonly acceptedActions?: readonly string[];
    readonly window: Duration;
  };
  readonly features: readonly string[];
  readonly spec: ForestPlan;
  readonly permittedUses: readonly FactUse[];
  readonly owner: string;
  /** What the bank permits to be told apart on the card besides age; never a feature. */
  readonly monitoring?: readonly 'sex'[];
}

/** What a rule-set folder holds of a release: all but trained forests and the engine's version. */
export type RuleSetBody = Omit<ReleaseBody, 'forests' | 'engineVersion'>;

/** A rule-set folder, read whole and found right. */
export interface RuleSetFiles {
  readonly folder: string;
  /** SHA-256 over the canonical content, whatever its layout in files. */
  readonly digest: Digest;
  readonly body: RuleSetBody;
  readonly forests: readonly ForestDeclaration[];
  /** The analysts' examples by rule id. */
  readonly cases: { readonly [rule: string]: readonly RuleCase[] };
}
