import { createSpendMandate } from '../app/mandates/spend-mandate.ts';
import type { Bank } from '../app/ports/bank.ts';
import { ASSISTANTS_PATH, type Door } from '../app/ports/door.ts';
import type { MandateReader } from '../app/ports/mandates.ts';
import type { AssistantSettings } from '../graphql/http-server.ts';
import type { Config } from './config.ts';
import { packageVersion } from './desk.ts';
import type { OpenedWorld } from './open-world.ts';

/** True where assistants may ask: of the demo always, of a real bank where they are named. */
export function answersAssistants(
  bank: Pick<Bank, 'mode'> | undefined,
  { assistants }: Pick<Config, 'assistants'>,
): boolean {
  return assistants !== undefined || bank?.mode === 'DEMO';
}

/** How assistants come in to a service; the first of them loads the protocol's library. */
export function wireAssistants(
  { operations, spentMandates, clock }: OpenedWorld,
  { assistants }: Pick<Config, 'assistants'>,
  by: {
    readonly typeDefs: string;
    readonly reader: MandateReader;
    readonly onError: (error: unknown) => void;
  },
): AssistantSettings {
  const { typeDefs, reader, onError } = by;
  const nowMs = () => performance.now();
  const version = packageVersion();
  let door: Promise<Door> | undefined;
  const open = async () => {
    const { createAssistantDoor } = await import('../mcp/assistant-door.ts');
    return createAssistantDoor({ operations, typeDefs, version, nowMs, onError });
  };
  return {
    door: {
      path: ASSISTANTS_PATH,
      async answer(asked, runner) {
        door ??= open();
        return (await door).answer(asked, runner);
      },
    },
    clients: assistants ?? null,
    spendMandate: createSpendMandate({ reader, spent: spentMandates, clock }),
  };
}
