import type { Considered, Deciding } from '../../domain/deciding.ts';
import type { AppliedRule } from '../../domain/decision.ts';
import { APPROVAL_LEVELS, type ApprovalLevel } from '../../domain/rule.ts';

/** What unknown means: the level above all others. */
const HIGHEST: ApprovalLevel = 'CREDIT_COMMITTEE';
const UNKNOWN = 2;

/** Step 8: the highest level that phase, amount, discount, product risk or a rule asks for. */
export function requireApproval(deciding: Deciding, considered: Considered): Considered {
  const { rollout } = deciding.release.body;
  const { declaration, rolloutApproval, rules } = considered.action;
  const levels = [rolloutApproval, rollout.approvalByRisk[declaration.productRisk]];
  levels.push(byAmount(deciding, considered), byDiscount(deciding, considered));
  const applied: AppliedRule[] = [...(considered.candidate.applied ?? [])];
  for (const scoped of rules.approval) {
    const { rule, seen } = scoped.compiled;
    const { treatment } = rule.appliesTo;
    if (treatment !== undefined && treatment !== considered.candidate.treatmentId) continue;
    const verdict = deciding.judge(considered, scoped);
    if (rule.kind !== 'approval' || verdict === 0) continue;
    levels.push(verdict === UNKNOWN ? HIGHEST : rule.effect.level);
    applied.push({
      rule: rule.id,
      kind: 'approval',
      reasonCode: verdict === UNKNOWN ? 'MISSING_FACT' : rule.reason.code,
      seen: seen(considered.facts),
    });
  }
  const approval = highest(levels);
  const presentable = rankOf(approval) <= rankOf(rollout.presentableUpTo);
  const candidate = { ...considered.candidate, approval, presentable };
  return {
    ...considered,
    candidate: applied.length === 0 ? candidate : { ...candidate, applied },
  };
}

/** A deposit is the customer's own money, so only what the bank puts at risk is measured. */
function byAmount({ release }: Deciding, { action, candidate }: Considered): ApprovalLevel {
  const { terms } = action.declaration;
  if (terms.amount === undefined || terms.rate?.side === 'DEPOSIT') return 'NONE';
  const amountMinor = candidate.terms?.amountMinor;
  if (amountMinor === undefined) return HIGHEST;
  const { approvalByAmount } = release.body.rollout;
  return highest(
    approvalByAmount.filter((from) => from.fromMinor <= amountMinor).map(({ level }) => level),
  );
}

/** Measured on the rate; what a waived fee needs is for approval rules on that fact to say. */
function byDiscount({ release }: Deciding, { candidate }: Considered): ApprovalLevel {
  const discount = candidate.terms?.rateDiscountPpm ?? 0;
  if (discount === 0) return 'NONE';
  const { approvalByDiscountPpm } = release.body.rollout;
  return highest(
    approvalByDiscountPpm.filter((from) => from.fromPpm <= discount).map(({ level }) => level),
  );
}

function highest(levels: readonly ApprovalLevel[]): ApprovalLevel {
  return levels.reduce<ApprovalLevel>((a, b) => (rankOf(b) > rankOf(a) ? b : a), 'NONE');
}

function rankOf(level: ApprovalLevel): number {
  return APPROVAL_LEVELS.indexOf(level);
}
