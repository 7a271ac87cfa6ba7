/** Biome is the linter; here stand only the rules it lacks. */
import tseslint from 'typescript-eslint';

const doubleCast = {
  selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
  message: 'a double cast hides a wrong type: narrow the value or fix the type',
};

const impureSyntax = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'the clock is an input: take the instant as an argument',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'the clock is an input: take the instant as an argument',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(sort|reverse|splice|copyWithin)$/]',
    message: 'changes its array in place: use toSorted, toReversed or toSpliced',
  },
  {
    selector: 'MemberExpression[property.name=/^(toLocale|localeCompare)/]',
    message: 'depends on the locale of the machine: compare code units',
  },
  {
    selector:
      "ImportDeclaration[source.value='node:crypto'] > " +
      'ImportSpecifier[imported.name=/^(random|get|webcrypto)/]',
    message: 'randomness is an input: take it as an argument',
  },
];

const inexactMath =
  'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot ' +
  'log log10 log1p log2 pow sin sinh tan tanh';

const impureProperties = [
  { object: 'Date', property: 'now', message: 'the clock is an input' },
  { object: 'Math', property: 'random', message: 'randomness is an input' },
  ...inexactMath.split(' ').map((property) => ({
    object: 'Math',
    property,
    message: 'differs in its last bit between machines: use a fixed table or our own arithmetic',
  })),
];

const impureGlobals =
  'process setTimeout setInterval setImmediate queueMicrotask fetch ' +
  'performance Intl crypto console globalThis';

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'coverage/',
      '.nextbest/',
      'engines/',
      'src/graphql/generated/',
      '**/*.mjs',
    ],
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'no-restricted-syntax': ['error', doubleCast] },
  },
  {
    files: ['src/domain/**/*.ts', 'src/engine/**/*.ts', 'src/laboratory/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-syntax': ['error', doubleCast, ...impureSyntax],
      'no-restricted-properties': ['error', ...impureProperties],
      'no-restricted-globals': ['error', ...impureGlobals.split(' ')],
    },
  },
);
