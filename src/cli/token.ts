import { Command, Option } from 'commander';
import { ROLES, type Role } from '../app/ports/identity.ts';
import { isId } from '../domain/id.ts';
import { APPROVAL_LEVELS, type ApprovalLevel } from '../domain/rule.ts';
import { CommandFailure, print } from './output.ts';
import { type Open, withWorld } from './world.ts';

interface TokenOptions {
  readonly role: string;
  readonly subject?: string;
  readonly authority?: ApprovalLevel;
  readonly book?: string;
  readonly client?: string;
}

/** `token --role agent`: prints a token of the demo issuer and nothing else. */
export function tokenCommand(open: Open<'signToken'>): Command {
  const role = new Option('--role <role>', 'what the token may do')
    .choices(ROLES.map((one) => one.toLowerCase()))
    .makeOptionMandatory();
  const authority = new Option(
    '--authority <level>',
    'what may be presented without anybody else; for an agent or advisor AGENT when left out',
  ).choices(APPROVAL_LEVELS);
  return new Command('token')
    .description('print a token of the demo issuer, good for eight hours')
    .addOption(role)
    .option('--subject <name>', 'who the token speaks for; `demo-<role>` when left out')
    .addOption(authority)
    .option('--book <manager>', 'see the customers of this relationship manager only: RM-07')
    .option('--client <id>', 'the client that holds the token; an assistant needs one')
    .action((options: TokenOptions, command: Command) => {
      if (options.role === 'advisor' && options.book === undefined) {
        throw new CommandFailure('an advisor has a book: name it with `--book RM-07`');
      }
      if (options.book !== undefined && !isId(options.book)) {
        throw new CommandFailure("`--book` is no manager's number: 1 to 128 plain characters");
      }
      if (options.client !== undefined && !/^[!-~]{1,128}$/.test(options.client)) {
        throw new CommandFailure("`--client` is no client's id: 1 to 128 signs without spaces");
      }
      return withWorld(open, async ({ signToken }) => {
        const { role: named, subject = `demo-${options.role}`, ...claims } = options;
        const roles = [named.toUpperCase() as Role];
        const token = await signToken({ subject, roles, ...claims });
        if (token === undefined) {
          throw new CommandFailure(
            'the demo issuer exists with the demo bank only: ask your own issuer for a token',
          );
        }
        print(command, { token }, () => token);
      });
    });
}
