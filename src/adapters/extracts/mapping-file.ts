import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { type Digest, digestBytes } from '../../domain/digest.ts';
import { toldRounded } from '../../domain/exact-number.ts';
import { faultOfJson, type JsonFault } from '../../domain/json-text.ts';
import type { Mapping } from '../../domain/mapping.ts';
import { ok, type Problem, type Result, refuse } from '../../domain/result.ts';
import { decodeUtf8 } from '../../domain/utf8.ts';
import { NotRegular, openRegular, readWhole, TooManyBytes } from '../system/regular-file.ts';

const SCHEMA = new URL('../../../seeds/mapping.schema.json', import.meta.url);
const MAX_CHARACTERS = 1_000_000;
const MAX_BYTES = 4 * MAX_CHARACTERS;

/** A mapping as its schema wants it, and the digest of the file's bytes. */
interface MappingFile {
  readonly mapping: Mapping;
  readonly digest: Digest;
}

/** Reads a `mapping.json` and holds it against its schema; each problem has its JSON pointer. */
export async function loadMappingFile(
  path: string,
): Promise<Result<MappingFile, readonly Problem[]>> {
  const wrong = (code: string, message: string, at = '') =>
    refuse([{ file: path, at, code, message }]);
  const read = await textOf(path);
  if (!read.ok) return wrong(read.refusal.code, read.refusal.message);
  const text = read.value;
  if (text.length > MAX_CHARACTERS) return wrong('TOO_LARGE', TOO_LONG);
  const json = parsed(text);
  if (!json.ok) return wrong('NOT_JSON', `${json.refusal}: mend the JSON`);
  const fault = faultOfJson(text);
  if (fault !== undefined) return wrong(fault.code, toldOf(fault), fault.at);
  const matches = await validator();
  if (matches(json.value)) return ok({ mapping: json.value, digest: digestBytes(text) });
  return refuse(problemsOf(path, matches.errors ?? []));
}

const TOO_LONG = `a mapping has at most ${MAX_CHARACTERS} characters`;

async function textOf(
  path: string,
): Promise<Result<string, { readonly code: string; readonly message: string }>> {
  try {
    const bytes = await readWhole(await openRegular(path), MAX_BYTES);
    const text = decodeUtf8(bytes);
    if (text !== undefined) return ok(text);
    return refuse({ code: 'NOT_UTF8', message: 'the file is not UTF-8: save it as UTF-8' });
  } catch (error) {
    if (error instanceof TooManyBytes) return refuse({ code: 'TOO_LARGE', message: TOO_LONG });
    if (error instanceof NotRegular) {
      const message = `\`${path}\` is ${error.message}: name a file`;
      return refuse({ code: 'NOT_A_FILE', message });
    }
    return refuse({ code: 'NO_FILE', message: `\`${path}\` cannot be read: check the path` });
  }
}

function toldOf(fault: JsonFault): string {
  switch (fault.code) {
    case 'REPEATED_KEY':
      return `\`${fault.key}\` is given twice in one object: keep one`;
    case 'TOO_DEEP':
      return `it is nested more than ${fault.most} deep: flatten it`;
    case 'NOT_TEXT': {
      const what = fault.isKey ? 'a name here' : 'this text';
      return `${what} holds a control character or half a letter: remove it`;
    }
    case 'INEXACT_NUMBER':
      return toldRounded(fault.literal);
  }
}

/** Compiling takes longer than everything else, and gives the same each time. */
let compiled: Promise<ValidateFunction<Mapping>> | undefined;

function validator(): Promise<ValidateFunction<Mapping>> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<ValidateFunction<Mapping>> {
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
