import { defineEntity, p } from '@mikro-orm/postgresql';

/** The registry: few rows, changed rarely, read whole. Entities never leave this folder. */

export const BankEntity = defineEntity({
  name: 'Bank',
  tableName: 'bank',
  properties: {
    onlyOne: p.boolean().primary().default(true),
    name: p.string(),
    mode: p.string().$type<'DEMO' | 'BANK' | 'EVALUATION'>(),
    businessDate: p.date(),
    reportingCurrency: p.string(),
    createdAt: p.datetime(),
    createdBy: p.string(),
  },
});

export const ArtifactEntity = defineEntity({
  name: 'Artifact',
  tableName: 'artifact',
  properties: {
    digest: p.string().primary(),
    kind: p.string(),
    bytes: p.uint8array(),
  },
});

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

export const ImportRunEntity = defineEntity({
  name: 'ImportRun',
  tableName: 'import_run',
  properties: {
    id: p.uuid().primary(),
    mappingName: p.string(),
    mappingDigest: p.string(),
    actor: p.string(),
    startedAt: p.datetime(),
    finishedAt: p.datetime(),
    rowsRead: p.integer(),
    rowsWritten: p.integer(),
    rowsMerged: p.integer(),
    rowsRefused: p.integer(),
  },
});
