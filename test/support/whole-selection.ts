import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Role } from '../../src/app/ports/identity.ts';
import { maySelect, type Permits } from '../../src/graphql/permits.ts';

interface Contract {
  readonly schema: GraphQLSchema;
  readonly permits: Permits;
}

/**
 * Everything that a role may select below a type, each field under an alias of its own so that
 * the members of a union do not clash. Fields with arguments take their defaults.
 */
export function wholeSelection(
  type: GraphQLNamedType,
  role: Role,
  { schema, permits }: Contract,
): string {
  if (isLeafType(type)) return '';
  if (isUnionType(type) || isInterfaceType(type)) {
    const members = schema.getPossibleTypes(type).map((member) => {
      const below = wholeSelection(member, role, { schema, permits });
      return `... on ${member.name} ${below}`;
    });
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const permit = permits.get(`${type.name}.${field.name}`);
    if (permit === undefined || !maySelect(permit, [role])) return [];
    const below = wholeSelection(getNamedType(field.type), role, { schema, permits });
    return [`${type.name}_${field.name}: ${field.name} ${below}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}
