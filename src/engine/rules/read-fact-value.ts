import type { FactDeclaration, FactValue } from '../../domain/fact.ts';
import { readWrittenOperand, type TypedOperand } from './operand.ts';

/** Reads a fact's value as analysts write it in cases: a list of codes for a list fact. */
export function readFactValue(
  fact: FactDeclaration,
  written: unknown,
  currency: string,
): { readonly ok: true; readonly value: FactValue } | Extract<TypedOperand, { ok: false }> {
  if (fact.type !== 'codes') return readWrittenOperand(fact, written, currency);
  if (!Array.isArray(written)) return { ok: false, message: 'write a list of codes' };
  const codes: string[] = [];
  for (const element of written) {
    const read = readWrittenOperand(fact, element, currency);
    if (!read.ok) return read;
    codes.push(String(read.value));
  }
  return { ok: true, value: codes };
}
