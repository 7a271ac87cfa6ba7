import { Command } from 'commander';
import type { ShapOfDecision, ShapRefusal } from '../app/decisions/evidence/explain-by-shap.ts';
import type { ShapComputer } from '../app/ports/shap.ts';
import { isUuid } from '../domain/id.ts';
import { CommandFailure, print } from './output.ts';
import { type Open, withWorld } from './world.ts';

/** Opens what computes SHAP values; close it when done. */
type OpenShap = () => {
  readonly compute: ShapComputer;
  readonly close: () => Promise<void>;
};

/** `explain <id>`: SHAP values of what a decision surfaced, apart from the reasons it gave. */
export function explainCommand(open: Open<'evidence'>, openShap: OpenShap): Command {
  return new Command('explain')
    .description('compute SHAP values of what a decision surfaced, on the evidence of then')
    .argument('<id>', 'the decision')
    .action((id: string, _options, command: Command) => {
      if (!isUuid(id)) throw new CommandFailure(`\`${id}\` is no decision id, a UUID`);
      return withWorld(open, async ({ evidence }) => {
        const shap = openShap();
        try {
          const found = await evidence.explainByShap(id, shap.compute);
          if (found.result !== 'EXPLAINED') throw new CommandFailure(refusalText(id, found));
          print(command, found, () => shapText(found));
        } finally {
          await shap.close();
        }
      });
    });
}

function refusalText(id: string, refusal: ShapRefusal): string {
  switch (refusal.result) {
    case 'UNKNOWN_DECISION':
      return `there is no decision \`${id}\``;
    case 'UNREADABLE_DECISION':
      return `decision \`${id}\` cannot be read any more: restore it from a backup`;
    case 'NOT_SCORED':
      return `nothing that decision \`${id}\` surfaced was scored by a forest`;
    case 'EVIDENCE_LOST':
      return `the facts of decision \`${id}\` are lost: \`decision\` shows what stands`;
    case 'RELEASE_MISSING':
      return `the release of decision \`${id}\` or a forest of it is no longer stored as it was`;
    case 'BUSY':
      return 'too many explanations wait already: try again in a moment';
  }
}

/** The facts that moved each score most. */
const SHOWN = 5;

function shapText({ decisionId, actions }: ShapOfDecision): string {
  const lines = actions.flatMap(({ actionId, forest, trees, byFact }) => [
    `${actionId} by forest ${forest}`,
    ...byFact
      .slice(0, SHOWN)
      .map(
        ({ fact, label, words, sum }) =>
          `  ${label} (${fact}): ${Math.round(sum / trees)} ppm, ${words}`,
      ),
  ]);
  return [`decision ${decisionId}, SHAP`, ...lines].join('\n');
}
