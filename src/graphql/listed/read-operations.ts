import {
  type DocumentNode,
  GraphQLError,
  parse,
  print,
  separateOperations,
  specifiedRules,
  validate,
} from 'graphql';
import type { Operation } from '../../app/ports/operation-list.ts';
import { digestBytes } from '../../domain/digest.ts';
import { isWellFormed } from '../../domain/id.ts';
import type { Result } from '../../domain/result.ts';
import { buildSchema } from '../build-schema.ts';
import { LIMITS, limitOperation } from '../limits.ts';

/** Why a document cannot be listed, in words that tell the mend. */
export interface OperationsRefusal {
  readonly code: 'UNREADABLE' | 'INVALID' | 'UNNAMED';
  readonly message: string;
}

/**
 * Reads the operations of a document, each with the fragments it uses, in canonical text: what
 * differs by layout or comments alone is the same operation.
 */
export function readOperations(
  text: string,
  typeDefs: string,
): Result<readonly Operation[], OperationsRefusal> {
  const document = parsed(text);
  if (document instanceof GraphQLError) return refuse('UNREADABLE', document.message);
  const line = text.split('\n').findIndex((one) => !isWellFormed(one)) + 1;
  if (line > 0) return refuse('UNREADABLE', `line ${line} holds a control character: remove it`);
  const { schema } = buildSchema(typeDefs);
  const [fault] = validate(schema, document, [...specifiedRules, limitOperation]);
  if (fault !== undefined) return refuse('INVALID', fault.message);
  const apart = separateOperations(document);
  if (Object.hasOwn(apart, '')) return refuse('UNNAMED', 'give every operation a name');
  const operations = Object.entries(apart).map(([name, one]) => operationOf(name, one));
  if (operations.length === 0) return refuse('INVALID', 'the document holds no operation');
  return { ok: true, value: operations };
}

/** An operation of a document by itself, or undefined where the document has no such. */
export function operationIn(document: DocumentNode, name: string | null): Operation | undefined {
  const apart = separateOperations(document);
  const names = Object.keys(apart);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  const one = wanted === undefined ? undefined : apart[wanted];
  return one && operationOf(wanted ?? '', one);
}

/** The document of a text, or why it is none. */
export function parsed(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens: LIMITS.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function operationOf(name: string, document: DocumentNode): Operation {
  const text = print(document);
  return { digest: digestBytes(text), name, text };
}

function refuse(
  code: OperationsRefusal['code'],
  message: string,
): Result<never, OperationsRefusal> {
  return { ok: false, refusal: { code, message } };
}
