import { join } from 'node:path';
import type { RuleSetFiles } from '../../src/domain/rule-set.ts';
import { desk } from '../../src/main/desk.ts';
import type { DemoService } from './demo-service.ts';

/** Puts another release in force, and answers its digest. */
export async function activate(service: DemoService, digest: string): Promise<string> {
  const stamp = { actor: 'ana', at: service.world.clock.now() };
  await service.asWorker((world) => world.releases.activate(digest, stamp));
  return digest;
}

/** Builds the demo's rules with so many more actions and rules, most of which concern them all. */
export async function buildLarge(
  service: DemoService,
  more: { readonly actions: number; readonly rules: number },
): Promise<string> {
  const files = await desk.readRuleSet(join(desk.rulesFolder, 'demo'));
  if (!files.ok) throw new Error('the rules do not read');
  const stamp = { actor: 'ana', at: service.world.clock.now() };
  const large = enlarged(files.value, more);
  const built = await service.asWorker((world) => world.releases.build(large, stamp));
  if (!built.ok) throw new Error(built.refusal.message);
  return built.value.digest;
}

function enlarged(
  files: RuleSetFiles,
  more: { readonly actions: number; readonly rules: number },
): RuleSetFiles {
  const { body } = files;
  const model = body.actions.find(({ propensity }) => propensity.kind === 'PRIOR');
  const rule = body.rules.find(({ id }) => id === 'adults-only');
  if (model === undefined || rule === undefined) throw new Error('nothing to make more of');
  const copies = (of: { readonly id: string }, count: number) =>
    Array.from({ length: count }, (_, i) => `${of.id}-${i}`);
  const actions = copies(model, more.actions).map((id) => ({ ...model, id }));
  const rules = copies(rule, more.rules).map((id) => ({ ...rule, id }));
  const phases = actions.map(({ id: action }) => {
    return { action, phase: 'FULL', approval: 'NONE' } as const;
  });
  return {
    ...files,
    body: {
      ...body,
      actions: [...body.actions, ...actions],
      rules: [...body.rules, ...rules],
      rollout: { ...body.rollout, phases: [...body.rollout.phases, ...phases] },
    },
  };
}
