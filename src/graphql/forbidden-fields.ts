import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Role } from '../app/ports/identity.ts';
import { maySelect, type Permits } from './permits.ts';

/** The fields of a document that these roles may not select, as `Type.field`. */
export function forbiddenFields(
  document: DocumentNode,
  roles: readonly Role[],
  against: { readonly schema: GraphQLSchema; readonly permits: Permits },
): readonly string[] {
  const info = new TypeInfo(against.schema);
  const forbidden = new Set<string>();
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        if (parent === null || parent === undefined || node.name.value.startsWith('__')) return;
        const name = `${getNamedType(parent).name}.${node.name.value}`;
        if (name.startsWith('__')) return;
        const permit = against.permits.get(name);
        if (permit === undefined || !maySelect(permit, roles)) forbidden.add(name);
      },
    }),
  );
  return [...forbidden];
}

/** True when an operation asks for nothing but the schema and type names. */
export function isIntrospection(document: DocumentNode): boolean {
  return document.definitions.every(
    (definition) =>
      definition.kind !== 'OperationDefinition' ||
      definition.selectionSet.selections.every(
        (selection) => selection.kind === 'Field' && selection.name.value.startsWith('__'),
      ),
  );
}
