import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { below } from '../../domain/json-pointer.ts';
import type { Problem } from '../../domain/result.ts';
import type { JsonFile } from './json-file.ts';

/** The schemas that rule-set files are held against; rules themselves are read by the engine. */
const SCHEMA_NAMES = [
  'common',
  'ruleset',
  'conditions',
  'actions',
  'contact-policy',
  'arbitration',
  'rollout',
  'rates',
  'age-limits',
  'forests',
  'facts',
  'cases',
] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

/** The members of JSON Schema that conversion follows. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

interface Schemas {
  readonly ajv: Ajv;
  readonly documents: ReadonlyMap<SchemaName, Schema>;
}

let loaded: Schemas | undefined;

/** The document of a schema, as it lies under `rules/`. */
export function schemaOf(name: SchemaName): Schema {
  const schema = schemas().documents.get(name);
  if (schema === undefined) throw new Error(`no schema is named ${name}`);
  return schema;
}

/** Everything in which a file differs from its schema. */
export function schemaProblems(name: SchemaName, file: JsonFile): readonly Problem[] {
  const validate = schemas().ajv.getSchema(`${name}.schema.json`);
  if (validate === undefined) throw new Error(`no schema is named ${name}`);
  if (validate(file.value)) return [];
  const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'if');
  const plain = errors.filter((error) => !COMBINING.includes(error.keyword));
  const told = plain.length > 0 ? plain : errors;
  const problems = told.map((error) => {
    const { at, code, message } = inWords(error);
    return file.problem(at, code, message);
  });
  return problems.filter(
    (one, i) =>
      problems.findIndex((other) => other.at === one.at && other.message === one.message) === i,
  );
}

const COMBINING: readonly string[] = ['anyOf', 'oneOf', 'allOf', 'not'];

/** Loaded once: thirteen small files of this repository. */
function schemas(): Schemas {
  if (loaded !== undefined) return loaded;
  const folder = new URL('../../../rules/', import.meta.url);
  const documents = new Map(
    SCHEMA_NAMES.map((name) => {
      const text = readFileSync(new URL(`${name}.schema.json`, folder), 'utf8');
      return [name, JSON.parse(text) as Schema] as const;
    }),
  );
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strict: false });
  // Conditions are the engine's to read: ajv would answer one mistake with every alternative.
  ajv.addSchema({ $id: 'rule.schema.json', $defs: { rootCondition: { type: 'object' } } });
  for (const document of documents.values()) ajv.addSchema(document);
  loaded = { ajv, documents };
  return loaded;
}

function inWords(error: ErrorObject): { at: string; code: string; message: string } {
  const at = error.instancePath;
  const params: { readonly [name: string]: unknown } = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const known = Object.keys(error.parentSchema?.properties ?? {}).filter(
        (n) => n !== '$schema',
      );
      const mend = known.length === 0 ? 'remove it' : `use only ${known.slice(0, 20).join(', ')}`;
      const message = `\`${name.slice(0, 60)}\` has no meaning here: ${mend}`;
      return { at: below(at, name), code: 'UNKNOWN_MEMBER', message };
    }
    case 'required': {
      const message = `\`${String(params.missingProperty)}\` is missing: add it`;
      return { at, code: 'MISSING_MEMBER', message };
    }
    case 'enum': {
      const allowed = Array.isArray(params.allowedValues) ? params.allowedValues : [];
      const message = `${show(error.data)} is not allowed: use one of ${allowed.join(', ')}`;
      return { at, code: 'WRONG_VALUE', message };
    }
    default: {
      const wanted: unknown = error.parentSchema?.description;
      const mend = typeof wanted === 'string' ? wanted : (error.message ?? 'see the schema');
      const message = `${show(error.data)} does not fit: ${mend.replace(/\.$/, '')}`;
      return { at, code: 'WRONG_VALUE', message };
    }
  }
}

function show(data: unknown): string {
  if (Array.isArray(data)) return 'the list';
  if (typeof data === 'object' && data !== null) return 'the object';
  return `\`${String(data).slice(0, 60)}\``;
}
