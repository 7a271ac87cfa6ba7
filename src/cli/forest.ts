import { join } from 'node:path';
import { Command } from 'commander';
import {
  type ExchangeRefusal,
  exportDocument,
} from '../app/learning/exchanging/exchange-forest.ts';
import { problemLines } from '../app/releases/build-release.ts';
import type { ForestEntry } from '../domain/release.ts';
import type { Desk } from './desk.ts';
import type { Evaluating } from './evaluating.ts';
import { readForestDocument } from './forest-card-file.ts';
import { cardPage } from './forest-card-page.ts';
import { evaluateCommand } from './forest-evaluate.ts';
import { CommandFailure, print } from './output.ts';
import { writeWhole } from './whole-file.ts';
import { type Open, withWorld } from './world.ts';

const MOST_BYTES = 200_000_000;

type OpenForests = Open<'learning' | 'clock'>;

/** `forest evaluate | list | export | import | card`. */
export function forestCommand(evaluating: Evaluating, open: OpenForests, desk: Desk): Command {
  return new Command('forest')
    .description('challenge, export, import and show forests')
    .addCommand(evaluateCommand(evaluating))
    .addCommand(list(open))
    .addCommand(exportOne(open))
    .addCommand(importOne(open, desk))
    .addCommand(card(open));
}

function list(open: OpenForests): Command {
  return new Command('list')
    .description('list the newest forest of each id')
    .action((_options, command: Command) =>
      withWorld(open, async ({ learning }) => {
        const forests = await learning.latest();
        print(command, { forests }, () => forests.map(entryLine).join('\n'));
      }),
    );
}

function entryLine({ id, digest, card: { rows, positives, outOfBag, owner } }: ForestEntry) {
  const auc = (outOfBag.aucPpm / 1_000_000).toFixed(3);
  return `${id}: ${rows} rows, ${positives} positive, AUC ${auc}, ${owner}, ${digest}`;
}

function exportOne(open: OpenForests): Command {
  return new Command('export')
    .description("write a forest as the JSON that ml-random-forest's regression loads")
    .argument('<id>', 'the forest')
    .option('--file <file>', 'where to write; standard output when left out')
    .action((id: string, options: { readonly file?: string }, command: Command) =>
      withWorld(open, async ({ learning }) => {
        const found = await learning.find(id);
        if (!found.ok) throw failure(found.refusal);
        const text = `${JSON.stringify(exportDocument(found.value))}\n`;
        if (options.file === undefined) process.stdout.write(text);
        else {
          writeWhole({ path: options.file, option: '--file' }, text);
          const { digest } = found.value.entry;
          print(command, { file: options.file, digest }, () => `${options.file}: ${digest}`);
        }
      }),
    );
}

interface ImportOptions {
  readonly as: string;
  readonly rules?: string;
  readonly card?: string;
  readonly actor: string;
}

function importOne(open: OpenForests, desk: Desk): Command {
  return new Command('import')
    .description(
      'validate and keep a forest trained elsewhere; a release must be built to use it',
    )
    .argument('<file>', "a regression in ml-random-forest's JSON, with `features`")
    .requiredOption('--as <id>', 'the id under which it is kept, declared by the rule set')
    .option('--rules <folder>', 'the rule-set folder; rules/demo when left out')
    .option('--card <file>', 'its card, where the file holds none')
    .option('--actor <name>', 'who imports it', desk.systemUser)
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const files = await desk.readRuleSet(options.rules ?? join(desk.rulesFolder, 'demo'));
      if (!files.ok) throw new CommandFailure(problemLines(files.refusal).join('\n'));
      const document = await textOf(file, desk);
      const apart = options.card === undefined ? null : await textOf(options.card, desk);
      const read = readForestDocument(options.as, { document, card: apart });
      if (!read.ok) throw failure(read.refusal);
      await withWorld(open, async ({ learning, clock }) => {
        const stamp = { actor: options.actor, at: clock.now() };
        const taken = await learning.take(read.value, files.value, stamp);
        if (!taken.ok) throw failure(taken.refusal);
        const { id, digest } = taken.value;
        print(command, { id, digest }, () => `${id}: ${digest}; build a release to use it`);
      });
    });
}

function card(open: OpenForests): Command {
  return new Command('card')
    .description("show a forest's card, or draw it as a page that needs nothing else")
    .argument('<id>', 'the forest')
    .option('--html <file>', 'where to write the page')
    .action((id: string, options: { readonly html?: string }, command: Command) =>
      withWorld(open, async ({ learning }) => {
        const found = await learning.find(id);
        if (!found.ok) throw failure(found.refusal);
        const { entry } = found.value;
        if (options.html !== undefined) {
          writeWhole({ path: options.html, option: '--html' }, cardPage(entry));
        }
        print(command, entry, () =>
          options.html ? `${options.html} written` : entryLine(entry),
        );
      }),
    );
}

function failure(refusal: ExchangeRefusal): CommandFailure {
  const { code, at, message } = refusal;
  return new CommandFailure(`refused, ${code} ${at}: ${message}`, refusal);
}

async function textOf(path: string, { readText }: Pick<Desk, 'readText'>): Promise<string> {
  const read = await readText(path, MOST_BYTES);
  if (!read.ok) throw new CommandFailure(`\`${path}\`: ${read.refusal}`);
  return read.value;
}
