import { Command } from 'commander';
import type { ListedOperation, Operation } from '../app/ports/operation-list.ts';
import { isDigest } from '../domain/digest.ts';
import type { Result } from '../domain/result.ts';
import { CommandFailure, counted, print } from './output.ts';
import { type Open, withWorld } from './world.ts';

/** How the command reads a file of operations, and who is at the keyboard. */
export interface OperationDesk {
  readonly readOperations: (
    file: string,
  ) => Promise<Result<readonly Operation[], { readonly message: string }>>;
  readonly systemUser: string;
}

type OpenOperations = Open<'operations' | 'clock'>;

/** `operations add | list | remove`: what a service in production mode answers. */
export function operationsCommand(open: OpenOperations, desk: OperationDesk): Command {
  return new Command('operations')
    .description('the operations that a service answers where it answers listed ones alone')
    .addCommand(add(open, desk))
    .addCommand(list(open))
    .addCommand(remove(open));
}

function add(open: OpenOperations, desk: OperationDesk): Command {
  return new Command('add')
    .description('list every operation of a GraphQL document, each with the fragments it uses')
    .argument('<file>', 'a document whose operations all have names')
    .option('--actor <name>', 'who lists them', desk.systemUser)
    .action(async (file: string, { actor }: { readonly actor: string }, command: Command) => {
      const read = await desk.readOperations(file);
      if (!read.ok) throw new CommandFailure(`${file}: ${read.refusal.message}`, read.refusal);
      await withWorld(open, async ({ operations, clock }) => {
        const added = await operations.add(read.value, { actor, at: clock.now() });
        const told = read.value.map(({ digest, name }) => {
          return { digest, name, isNew: added.includes(digest) };
        });
        print(command, { operations: told }, () =>
          told
            .map(({ digest, name, isNew }) => `${digest} ${name}${isNew ? '' : ', as before'}`)
            .join('\n'),
        );
      });
    });
}

function list(open: OpenOperations): Command {
  return new Command('list')
    .description('show the listed operations by name, with who listed them and when')
    .action((_options: object, command: Command) =>
      withWorld(open, async ({ operations }) => {
        const listed = await operations.list();
        print(command, { operations: listed }, () =>
          listed.length === 0 ? 'no operation is listed' : listed.map(lineOf).join('\n'),
        );
      }),
    );
}

function lineOf({ digest, name, listedAt, listedBy }: ListedOperation): string {
  return `${digest} ${name}: ${listedAt} by ${listedBy}`;
}

function remove(open: OpenOperations): Command {
  return new Command('remove')
    .description('take operations off the list: within two seconds nobody is answered by them')
    .argument('<digest...>', 'as `operations list` shows them')
    .action((digests: readonly string[], _options: object, command: Command) => {
      const wrong = digests.find((one) => !isDigest(one));
      if (wrong !== undefined) {
        throw new CommandFailure(`\`${wrong}\` is no digest: \`sha256:\` and 64 digits`);
      }
      return withWorld(open, async ({ operations }) => {
        const missing: string[] = [];
        for (const digest of digests) {
          if (!(await operations.remove(digest))) missing.push(digest);
        }
        const removed = digests.filter((one) => !missing.includes(one));
        print(command, { removed, missing }, () => `${counted(removed.length, 'operation')} off`);
        if (missing.length === 0) return;
        throw new CommandFailure(`not listed: ${missing.join(', ')}`, { missing });
      });
    });
}
