import { isBusinessDate } from '../../domain/business-date.ts';
import { below } from '../../domain/json-pointer.ts';
import { parseMoney } from '../../domain/money.ts';
import { parsePercent } from '../../domain/ppm.ts';
import { type Schema, type SchemaName, schemaOf } from './schemas.ts';

interface Conversion {
  readonly currency: string;
  readonly report: (at: string, code: string, message: string) => void;
}

/**
 * Turns a file that its schema accepts into the domain's form: where the schema says money,
 * `floor` becomes `floorMinor`; where it says percent, `base` becomes `basePpm`; `$schema` is
 * dropped.
 */
export function convertTexts(name: SchemaName, value: unknown, conversion: Conversion): unknown {
  return convert(value, schemaOf(name), { ...conversion, at: '' });
}

type At = Conversion & { readonly at: string };

function convert(value: unknown, written: Schema, here: At): unknown {
  const schema = resolve(written);
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items === undefined) return value;
    return value.map((element, i) => convert(element, items, { ...here, at: below(here.at, i) }));
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    if (name === '$schema') return [];
    const at = below(here.at, name);
    const inherited = schema.additionalProperties;
    const own = schema.properties?.[name] ?? (typeof inherited === 'object' ? inherited : {});
    return [convertMember(name, inner, { own, here: { ...here, at } })];
  });
  return Object.fromEntries(members);
}

function convertMember(
  name: string,
  value: unknown,
  { own, here }: { readonly own: Schema; readonly here: At },
): [string, unknown] {
  const ref = refOf(own);
  if (typeof value === 'string' && ref.endsWith('/money')) {
    const money = parseMoney(value);
    if (money !== undefined && money.currency === here.currency)
      return [`${name}Minor`, money.amountMinor];
    const mend = `write e.g. \`10.00 ${here.currency}\``;
    const message = `\`${value}\` is no amount in the reporting currency: ${mend}`;
    here.report(here.at, 'WRONG_VALUE', message);
  } else if (typeof value === 'string' && ref.endsWith('/percent')) {
    return [`${name}Ppm`, parsePercent(value)];
  } else if (typeof value === 'string' && ref.endsWith('/date') && !isBusinessDate(value)) {
    here.report(here.at, 'WRONG_VALUE', `\`${value}\` is no day of the calendar: correct it`);
  }
  return [name, convert(value, own, here)];
}

/** A reference, bare or beside a description of its own (`allOf` of one). */
function refOf(schema: Schema): string {
  return schema.$ref ?? schema.allOf?.[0]?.$ref ?? '';
}

function resolve(schema: Schema): Schema {
  const ref = refOf(schema);
  const prefix = 'common.schema.json#/$defs/';
  if (!ref.startsWith(prefix)) return schema;
  const { $defs = {} } = schemaOf('common') as { $defs?: { readonly [name: string]: Schema } };
  return $defs[ref.slice(prefix.length)] ?? schema;
}
