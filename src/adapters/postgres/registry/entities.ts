import { defineEntity, p } from '@mikro-orm/postgresql';
import type { BankMode } from '../../../app/ports/bank.ts';

// Few rows, changed rarely, read whole. Entities never leave `adapters/postgres`.

/** The one bank of a database. */
export const BankEntity = defineEntity({
  name: 'Bank',
  tableName: 'bank',
  properties: {
    onlyOne: p.boolean().primary().default(true),
    name: p.string(),
    mode: p.string().$type<BankMode>(),
    businessDate: p.date(),
    reportingCurrency: p.string(),
    createdAt: p.datetime(),
    createdBy: p.string(),
  },
});

/** Bytes that are named by their digest: forests and dictionaries. */
export const ArtifactEntity = defineEntity({
  name: 'Artifact',
  tableName: 'artifact',
  properties: {
    digest: p.string().primary(),
    kind: p.string(),
    bytes: p.uint8array(),
  },
});

/** A trained forest; its bytes are the artifact of its digest. */
export const ForestEntity = defineEntity({
  name: 'Forest',
  tableName: 'forest',
  properties: {
    id: p.string().primary(),
    trainedAt: p.datetime().primary(),
    digest: p.string(),
    entry: p.text(),
    trainedBy: p.string(),
  },
});

/** A release; `body` is the canonical text that its digest names. */
export const ReleaseEntity = defineEntity({
  name: 'Release',
  tableName: 'release',
  properties: {
    id: p.integer().primary().autoincrement(),
    digest: p.string().unique(),
    engineVersion: p.integer(),
    ruleSet: p.string(),
    semver: p.string(),
    body: p.text(),
    builtAt: p.datetime(),
    builtBy: p.string(),
  },
});

/** A time in which a release was in force; one without an end is so now. */
export const ActivationEntity = defineEntity({
  name: 'ReleaseActivation',
  tableName: 'release_activation',
  properties: {
    id: p.integer().primary().autoincrement(),
    release: () => p.manyToOne(ReleaseEntity),
    activatedAt: p.datetime(),
    activatedBy: p.string(),
    endedAt: p.datetime().nullable(),
  },
});
