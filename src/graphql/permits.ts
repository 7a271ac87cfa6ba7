import { getDirective } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { ROLES, type Role } from '../app/ports/identity.ts';
import type { RequestContext } from './context.ts';

/** Who may read a field, from its `@permit`. */
interface Permit {
  readonly to: readonly Role[];
  readonly masked: readonly Role[];
}

/** By `Type.field`, as in `Query.customer`. */
export type Permits = ReadonlyMap<string, Permit>;

/** Reads every field's permit by `Type.field`; throws when a field has none: default deny. */
export function readPermits(schema: GraphQLSchema): Permits {
  const permits = new Map<string, Permit>();
  const bare: string[] = [];
  for (const [name, field] of fieldsOf(schema)) {
    const found = getDirective(schema, field, 'permit')?.[0] as Partial<Permit> | undefined;
    if (found?.to === undefined) bare.push(name);
    else permits.set(name, { to: found.to, masked: found.masked ?? [] });
  }
  if (bare.length > 0) throw new Error(`fields without @permit: ${bare.join(', ')}`);
  const wider = widerInterfaces(schema, permits);
  if (wider.length > 0) {
    throw new Error(`an interface permits more than what implements it: ${wider.join(', ')}`);
  }
  return permits;
}

/** Selecting through an interface must not reach what selecting on the type itself does not. */
function widerInterfaces(schema: GraphQLSchema, permits: Permits): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      type.getInterfaces().flatMap((face) =>
        Object.keys(face.getFields())
          .filter((name) => {
            const [wide, own] = [`${face.name}.${name}`, `${type.name}.${name}`].map((field) =>
              permits.get(field),
            );
            return !ROLES.every((role) => !selects(wide, role) || selects(own, role));
          })
          .map((name) => `${type.name}.${name}`),
      ),
    );
}

function selects(permit: Permit | undefined, role: Role): boolean {
  return permit !== undefined && maySelect(permit, [role]);
}

/** Makes fields with a `masked` list hide their value from those roles. */
export function maskFields(schema: GraphQLSchema, permits: Permits): void {
  for (const [name, field] of fieldsOf(schema)) {
    const permit = permits.get(name);
    if (permit === undefined || permit.masked.length === 0) continue;
    const read = field.resolve ?? defaultFieldResolver;
    const hidden = isText(field) ? '***' : null;
    field.resolve = (source, args, context: RequestContext, info) =>
      mayRead(permit.to, context.viewer.roles) ? read(source, args, context, info) : hidden;
  }
}

/** True when a viewer with these roles may select the field at all, masked or not. */
export function maySelect(permit: Permit, roles: readonly Role[]): boolean {
  return mayRead(permit.to, roles) || mayRead(permit.masked, roles);
}

/** An advisor is an agent with a book: the book bounds whose data, not which fields. */
const READS_AS: { readonly [R in Role]?: Role } = { ADVISOR: 'AGENT' };

/** True when one of these roles is among those named, by itself or as what it reads as. */
export function mayRead(to: readonly Role[], roles: readonly Role[]): boolean {
  return roles.some((role) => to.includes(role) || to.includes(READS_AS[role] ?? role));
}

/** Every field that the contract declares, by `Type.field`. */
export function* fieldsOf(
  schema: GraphQLSchema,
): Generator<readonly [string, GraphQLField<unknown, RequestContext>]> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    const fields = (type as GraphQLObjectType<unknown, RequestContext>).getFields();
    for (const field of Object.values(fields)) yield [`${type.name}.${field.name}`, field];
  }
}

function isText(field: GraphQLField<unknown, RequestContext>): boolean {
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return !isListType(type) && (type.toString() === 'String' || type.toString() === 'ID');
}
