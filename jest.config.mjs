const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/.nextbest/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** The one folder of `src` whose tests start servers of their own. */
const STARTS_SERVERS = 'src/adapters/postgres/embedded/';

/** @type {import('jest').Config} */
export default {
  rootDir: import.meta.dirname,
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'pure',
      testMatch: [
        '<rootDir>/src/**/*.test.ts',
        '<rootDir>/test/properties/**/*.test.ts',
        '<rootDir>/test/golden/**/*.test.ts',
        '<rootDir>/test/formats/**/*.test.ts',
      ],
      testPathIgnorePatterns: ['/node_modules/', STARTS_SERVERS],
    },
    {
      // Jest starts the server only where a run has a test of this project.
      ...common,
      displayName: 'database',
      testMatch: ['<rootDir>/test/**/*.test.ts', `<rootDir>/${STARTS_SERVERS}**/*.test.ts`],
      testPathIgnorePatterns: [
        '/node_modules/',
        'test/properties/',
        'test/golden/',
        'test/formats/',
      ],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
