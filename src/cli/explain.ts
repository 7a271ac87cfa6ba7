import { Command } from 'commander';
import {
  EvidenceLost,
  explainByShap,
  type ShapOfDecision,
} from '../app/decisions/explain-by-shap.ts';
import type { ShapComputer } from '../app/ports/shap.ts';
import { isUuid } from '../domain/id.ts';
import { CommandFailure, print } from './output.ts';
import { withBench } from './release.ts';
import type { OpenWorkbench, Workbench } from './workbench.ts';

/** Opens what computes SHAP values; close it when done. */
export type OpenShap = () => {
  readonly compute: ShapComputer;
  readonly close: () => Promise<void>;
};

/** `explain <id>`: SHAP values of what a decision surfaced, apart from the reasons it gave. */
export function explainCommand(open: OpenWorkbench, openShap: OpenShap): Command {
  return new Command('explain')
    .description('compute SHAP values of what a decision surfaced, on the evidence of then')
    .argument('<id>', 'the decision')
    .action((id: string, _options, command: Command) => {
      if (!isUuid(id)) throw new CommandFailure(`\`${id}\` is no decision id, a UUID`);
      return withBench(open, async (bench) => {
        const shap = openShap();
        try {
          const found = await explain(id, bench, shap.compute);
          if (found === undefined) throw new CommandFailure(`there is no decision \`${id}\``);
          print(command, found, () => shapText(found));
        } finally {
          await shap.close();
        }
      });
    });
}

async function explain(id: string, bench: Workbench, shap: ShapComputer) {
  try {
    return await explainByShap(id, { ...bench, shap });
  } catch (error) {
    if (error instanceof EvidenceLost) throw new CommandFailure(error.message);
    throw error;
  }
}

/** The facts that moved each score most. */
const SHOWN = 5;

function shapText({ decisionId, actions }: ShapOfDecision): string {
  const lines = actions.flatMap(({ actionId, forest, trees, byFact }) => [
    `${actionId} by forest ${forest}`,
    ...byFact
      .toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum))
      .slice(0, SHOWN)
      .map(({ fact, sum }) => `  ${fact}: ${Math.round(sum / trees)} ppm`),
  ]);
  const none = 'nothing that it surfaced was scored by a forest';
  return [`decision ${decisionId}, SHAP`, ...(lines.length === 0 ? [none] : lines)].join('\n');
}
