import { Command, Option } from 'commander';
import { ROLES, type Role } from '../app/ports/identity.ts';
import { CommandFailure, print } from './output.ts';
import { withBench } from './release.ts';
import type { OpenWorkbench } from './workbench.ts';

/** `token --role agent`: prints a token of the demo issuer and nothing else. */
export function tokenCommand(open: OpenWorkbench): Command {
  const role = new Option('--role <role>', 'what the token may do')
    .choices(ROLES.map((one) => one.toLowerCase()))
    .makeOptionMandatory();
  return new Command('token')
    .description('print a token of the demo issuer, good for eight hours')
    .addOption(role)
    .option('--subject <name>', 'who the token speaks for; `demo-<role>` when left out')
    .action((options: { readonly role: string; readonly subject?: string }, command: Command) =>
      withBench(open, async (bench) => {
        const subject = options.subject ?? `demo-${options.role}`;
        const token = await bench.signToken(subject, [options.role.toUpperCase() as Role]);
        if (token === undefined) {
          throw new CommandFailure(
            'the demo issuer exists with the demo bank only: ask your own issuer for a token',
          );
        }
        print(command, { token }, () => token);
      }),
    );
}
