/**
 * The five rings: domain <- engine <- app <- {adapters, graphql, mcp, cli} <- main.
 * An arrow reads "is imported by". Tests may look at anything; nothing may look at tests.
 */
const tests = String.raw`\.test\.ts$`;

const forbidden = (name, comment, ...edge) => {
  const [from, to] = edge;
  return { name, comment, severity: 'error', from, to };
};

/** One ring and what it may see of ours; a reference such as `$1` stands for its own folder. */
const ring = (name, folder, allowed) =>
  forbidden(
    `ring-${name}`,
    `${folder} may import only: ${allowed.join(', ')}`,
    { path: `^${folder}`, pathNot: tests },
    { path: '^(src|test|migrations|seeds|scripts|bench)/', pathNot: allowed },
  );

const home = (name, modules, folders) =>
  forbidden(
    `home-of-${name}`,
    `${name} has one home: ${folders.join(', ')}`,
    { pathNot: folders },
    { path: `(^|/)node_modules/(${modules})/` },
  );

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbidden(
      'no-circular',
      'a circle has no inside; one of types alone, as generated types make, exists only on paper',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbidden('no-unresolvable', 'the import leads nowhere', {}, { couldNotResolve: true }),
    forbidden(
      'no-dev-in-src',
      'what runs in production is a dependency',
      { path: '^(src|migrations)/', pathNot: tests },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    ),
    ring('domain', 'src/domain/', ['^src/domain/']),
    ring('engine', 'src/engine/', ['^src/domain/', '^src/engine/']),
    // Beside the ring that decides: what trains, judges and takes apart forests, as pure.
    ring('laboratory', 'src/laboratory/', [
      '^src/domain/',
      '^src/engine/propensity/',
      '^src/laboratory/',
    ]),
    ring('app', 'src/app/', ['^src/domain/', '^src/engine/', '^src/laboratory/', '^src/app/']),
    ring('ports', 'src/app/ports/', ['^src/domain/', '^src/app/ports/']),
    // A training thread has no caller to hand it the trainer: its file is where training begins.
    ring('training', 'src/adapters/training/', [
      '^src/domain/',
      '^src/engine/propensity/',
      '^src/laboratory/',
      '^src/app/ports/',
      '^src/adapters/training/',
    ]),
    // Edges never meet, and whoever opens a file opens it by the same care.
    ring('adapters', 'src/adapters/(?!training/)([^/]+)/', [
      '^src/domain/',
      '^src/app/ports/',
      '^src/adapters/$1/',
      '^src/adapters/system/regular-file\\.ts$',
    ]),
    ring('graphql', 'src/graphql/', ['^src/domain/', '^src/app/', '^src/graphql/']),
    ring('mcp', 'src/mcp/', ['^src/domain/', '^src/app/', '^src/mcp/']),
    ring('cli', 'src/cli/', ['^src/domain/', '^src/app/', '^src/cli/']),
    ring('migrations', 'migrations/', ['^migrations/']),
    forbidden(
      'nothing-sees-main',
      'main wires the others, and nothing of ours starts it',
      { path: '^src/', pathNot: ['^src/main/', tests] },
      { path: '^src/main/' },
    ),
    forbidden(
      'engine-parts-are-strangers',
      'parts of the engine meet only in engine/decide.ts and engine/load-release.ts',
      { path: '^src/engine/([^/]+)/', pathNot: tests },
      { path: '^src/engine/', pathNot: ['^src/engine/$1/'] },
    ),
    forbidden(
      'only-composers-compose',
      'a file of the engine that is no composer may not import its parts',
      {
        path: '^src/engine/[^/]+\\.ts$',
        pathNot: ['^src/engine/(decide|load-release)\\.ts$', tests],
      },
      { path: '^src/engine/[^/]+/' },
    ),
    forbidden(
      'pure-rings-have-no-world',
      'pure rings see no world; node:crypto (digests) and node:assert are arithmetic',
      { path: '^src/(domain|engine|laboratory)/', pathNot: tests },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|assert)$' },
    ),
    forbidden(
      'nothing-imports-tests',
      'what runs in production knows no test',
      { path: '^(src|migrations|seeds)/', pathNot: tests },
      { path: `^test/|${tests}` },
    ),
    home('json-rules-engine', 'json-rules-engine', ['^src/adapters/rules-reference/', '^test/']),
    home('ml-random-forest', 'ml-(random-forest|cart)', [
      '^src/laboratory/.+\\.test\\.ts$',
      '^src/adapters/forest-[^/]+/',
      '^(test|bench)/',
    ]),
    home('mikro-orm', '@mikro-orm/[^/]+', ['^src/adapters/postgres/', '^migrations/']),
    home('postgres-drivers', '(pg|pg-copy-streams)', [
      '^src/adapters/postgres/',
      '^(test|bench)/',
    ]),
    home('pg-boss', 'pg-boss', ['^src/adapters/jobs/']),
    home('mcp', '@modelcontextprotocol/[^/]+', ['^src/mcp/', '^test/']),
    home('graphql-servers', '(@apollo/server|@as-integrations/fastify|fastify)', [
      '^src/(graphql|main)/',
      '^(test|bench)/',
    ]),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
