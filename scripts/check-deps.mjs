/** Holds the dependency rule over a tree, by default this one; a gate that reads nothing fails. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import configuration from '../.dependency-cruiser.mjs';

const folders = ['src', 'test', 'migrations', 'seeds', 'bench', 'simulators'];
const root = process.argv[2] ?? join(import.meta.dirname, '..');

process.chdir(root);
const { options, forbidden } = configuration;
const { output } = await cruise(
  folders.filter((folder) => existsSync(folder)),
  { ...options, ruleSet: { forbidden }, validate: true, outputType: 'json' },
);
const { modules, summary } = JSON.parse(output);
const ours = modules.filter(({ source }) => folders.includes(source.split('/')[0]));

for (const { rule, from, to } of summary.violations) {
  process.stdout.write(`${rule.name}: ${from} -> ${to}\n`);
}
process.stdout.write(`${ours.length} modules, ${summary.violations.length} violations\n`);
process.exit(ours.length > 0 && summary.violations.length === 0 ? 0 : 1);
