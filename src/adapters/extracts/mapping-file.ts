import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import { type Digest, digestBytes } from '../../domain/digest.ts';
import { faultOfJson } from '../../domain/json-text.ts';
import type { Mapping } from '../../domain/mapping.ts';
import { ok, type Problem, type Result, refuse } from '../../domain/result.ts';

const SCHEMA = new URL('../../../seeds/mapping.schema.json', import.meta.url);
const MAX_CHARACTERS = 1_000_000;

/** A mapping as its schema wants it, and the digest of the file's bytes. */
interface MappingFile {
  readonly mapping: Mapping;
  readonly digest: Digest;
}

/** Reads a `mapping.json` and holds it against its schema; each problem has its JSON pointer. */
export async function loadMappingFile(
  path: string,
): Promise<Result<MappingFile, readonly Problem[]>> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const wrong = (code: string, message: string) =>
    refuse([{ file: path, at: '', code, message }]);
  if (text === undefined) return wrong('NO_FILE', `\`${path}\` cannot be read: check the path`);
  if (text.length > MAX_CHARACTERS) {
    return wrong('TOO_LARGE', `a mapping has at most ${MAX_CHARACTERS} characters`);
  }
  const json = parsed(text);
  if (!json.ok) return wrong('NOT_JSON', `${json.refusal}: mend the JSON`);
  const fault = faultOfJson(text);
  if (fault?.code === 'REPEATED_KEY') {
    return wrong('REPEATED_KEY', `\`${fault.key}\` is given twice in one object: keep one`);
  }
  if (fault?.code === 'TOO_DEEP') {
    return wrong('TOO_DEEP', `it is nested more than ${fault.most} deep: flatten it`);
  }
  const matches = await validator();
  if (matches(json.value)) return ok({ mapping: json.value, digest: digestBytes(text) });
  return refuse(problemsOf(path, matches.errors ?? []));
}

async function validator() {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    verbose: true,
  });
  formats.default(ajv, ['date']);
  return ajv.compile<Mapping>(JSON.parse(await readFile(SCHEMA, 'utf8')));
}

function parsed(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'not JSON');
  }
}

/** One problem a place: the deepest errors say most, a branch that did not match nothing. */
function problemsOf(file: string, errors: readonly ErrorObject[]): readonly Problem[] {
  const telling = errors.filter((error) => !['oneOf', 'if', 'allOf'].includes(error.keyword));
  const problems = (telling.length > 0 ? telling : errors).map((error) => ({
    file,
    at: error.instancePath,
    code: 'SCHEMA',
    message: messageOf(error),
  }));
  const seen = new Map(problems.map((problem) => [`${problem.at} ${problem.message}`, problem]));
  return [...seen.values()];
}

function messageOf({ keyword, params, message, data, parentSchema }: ErrorObject): string {
  if (data === '?') return `\`?\` is still to be answered: ${aboutOf(parentSchema)}`;
  if (keyword === 'additionalProperties') {
    return `no member \`${params.additionalProperty}\` is known here: see mapping.schema.json`;
  }
  if (keyword === 'enum') return `must be one of: ${params.allowedValues.join(', ')}`;
  const fault = message ?? keyword;
  const about = aboutOf(parentSchema);
  return ['pattern', 'minItems'].includes(keyword) ? `${fault}: ${about}` : fault;
}

/** What the schema tells of a member, which says better than a pattern what is wanted. */
function aboutOf(schema: ErrorObject['parentSchema']): string {
  const { description, enum: codes } = schema ?? {};
  return [description, ...(Array.isArray(codes) ? [codes.join(', ')] : [])]
    .filter((text) => typeof text === 'string')
    .join(' ');
}
