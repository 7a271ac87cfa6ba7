import { decodeBody, encodeBody, PACKED } from '../../src/adapters/postgres/bodies/body-codec.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { type BodyForm, DEFLATE, textForm, wordForm, zstandard } from './simpler-forms.ts';
import type { TextPreset } from './text-presets.ts';

/** What bodies are written by: the dictionary of codec 1, and the preset of a text form. */
export interface Likely {
  dictionary(): Uint8Array;
  preset(): TextPreset;
}

/** A form to measure, and how it is made ready for one release or one feature catalogue. */
export interface MeasuredForm {
  readonly name: string;
  open(likely: Likely): BodyForm & { readonly dictionaryBytes: number };
}

/** Codec 0, codec 1, and what is simpler than codec 1. */
export const FORMS: readonly MeasuredForm[] = [
  { name: 'codec 0, canonical text', open: () => CANONICAL },
  { name: 'codec 1, packed and deflated', open: packedForm },
  ofText('text, deflated', ({ preset }) => textForm(preset, DEFLATE)),
  ofText('text, zstd 3', ({ preset }) => textForm(preset, zstandard(3))),
  ofText('text, zstd 9', ({ preset }) => textForm(preset, zstandard(9))),
  ofText('words as characters, deflated', ({ preset, words }) =>
    wordForm(preset, words, DEFLATE),
  ),
];

const CANONICAL = {
  dictionaryBytes: 0,
  encode: (value: unknown) => Buffer.from(canonicalText(value), 'utf8'),
  decode: (body: Uint8Array): unknown => JSON.parse(Buffer.from(body).toString('utf8')),
};

function packedForm(likely: Likely): ReturnType<MeasuredForm['open']> {
  const dictionary = { code: 1, bytes: likely.dictionary() };
  const known = new Map([[dictionary.code, dictionary.bytes]]);
  encodeBody({}, dictionary);
  return {
    dictionaryBytes: dictionary.bytes.length,
    encode: (value, columns) => encodeBody(value, dictionary, columns).body,
    decode: (body, columns) => decodeBody({ codec: PACKED, body }, known, columns),
  };
}

function ofText(name: string, form: (preset: TextPreset) => BodyForm): MeasuredForm {
  return {
    name,
    open(likely) {
      const preset = likely.preset();
      return { ...form(preset), dictionaryBytes: Buffer.byteLength(preset.preset) };
    },
  };
}
