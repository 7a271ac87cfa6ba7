/** Holds the contract: all described, all permitted, and the types generated from it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { type GraphQLArgument, type GraphQLNamedType, isSpecifiedScalarType } from 'graphql';
import codegen from '../codegen.config.ts';
import { buildSchema } from '../src/graphql/build-schema.ts';

const root = join(import.meta.dirname, '..');

const { schema, permits } = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);
const silent = types.flatMap(undescribed).map((name) => `no description: ${name}`);
const drifted = (await generated())
  .filter(({ filename, content }) => readFileSync(filename, 'utf8') !== content)
  .map(
    ({ filename }) => `differs from schema.graphql: ${filename}; run \`npm run schema:types\``,
  );

const wrong = [...silent, ...drifted];
for (const line of wrong) console.log(line);
console.log(`${types.length} types, ${permits.size} permitted fields, ${wrong.length} faults`);
process.exit(wrong.length === 0 && types.length > 0 ? 0 : 1);

function undescribed(type: GraphQLNamedType): readonly string[] {
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  const values = 'getValues' in type ? type.getValues() : [];
  const members = [
    { name: type.name, description: type.description },
    ...values.map(({ name, description }) => ({ name: `${type.name}.${name}`, description })),
    ...fields.flatMap((field) => [
      { name: `${type.name}.${field.name}`, description: field.description },
      ...argumentsOf(field).map(({ name, description }) => ({
        name: `${type.name}.${field.name}(${name})`,
        description,
      })),
    ]),
  ];
  return members.filter(({ description }) => !description).map(({ name }) => name);
}

function argumentsOf(field: object): readonly GraphQLArgument[] {
  return 'args' in field && Array.isArray(field.args) ? field.args : [];
}

async function generated(): Promise<readonly { filename: string; content: string }[]> {
  process.chdir(root);
  return generate({ ...codegen, silent: true }, false);
}
