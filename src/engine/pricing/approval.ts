import type { TermsDeclaration } from '../../domain/action.ts';
import { covers, NO_AUTHORITY, type Stake } from '../../domain/authority.ts';
import type { Considered, Deciding } from '../../domain/deciding.ts';
import type { AppliedRule, Candidate } from '../../domain/decision.ts';
import type { RolloutPlan } from '../../domain/release.ts';
import { APPROVAL_LEVELS, type ApprovalLevel, HIGHEST_APPROVAL } from '../../domain/rule.ts';
import { concernsTreatment } from '../../domain/rule-scope.ts';
import { FALSE, UNKNOWN } from '../../domain/verdict.ts';

/**
 * Step 8: the highest level that phase, amount, discount, product risk or a rule asks for. Whether
 * the viewer may present the candidate without asking anybody follows from the viewer's authority.
 */
export function requireApproval(deciding: Deciding, considered: Considered): Considered {
  const { rollout } = deciding.release.body;
  const { declaration, rolloutApproval, rules } = considered.action;
  const levels = [rolloutApproval, rollout.approvalByRisk[declaration.productRisk]];
  levels.push(byAmount(deciding, considered), byDiscount(deciding, considered));
  const applied: AppliedRule[] = [...(considered.candidate.applied ?? [])];
  for (const scoped of rules.approval) {
    const { rule, seen } = scoped.compiled;
    if (!concernsTreatment(rule.appliesTo, considered.candidate.treatmentId)) continue;
    const verdict = deciding.judge(considered, scoped);
    if (rule.kind !== 'approval' || verdict === FALSE) continue;
    levels.push(verdict === UNKNOWN ? HIGHEST_APPROVAL : rule.effect.level);
    applied.push({
      rule: rule.id,
      kind: 'approval',
      reasonCode: verdict === UNKNOWN ? 'MISSING_FACT' : rule.reason.code,
      seen: seen(considered.facts),
    });
  }
  const approval = highest(levels);
  const { authority = NO_AUTHORITY } = deciding.input.live;
  const presentable = covers(authority, stakeOf(considered, approval));
  const candidate = { ...considered.candidate, approval, presentable };
  return {
    ...considered,
    candidate: applied.length === 0 ? candidate : { ...candidate, applied },
  };
}

function stakeOf({ action, candidate }: Considered, level: ApprovalLevel): Stake {
  const { rateDiscountPpm = 0, feeDiscountPpm = 0 } = candidate.terms ?? {};
  return {
    level,
    amountMinor: amountAtStake(action.declaration.terms, candidate),
    rateDiscountPpm,
    feeDiscountPpm,
    productRisk: action.declaration.productRisk,
  };
}

/**
 * Null where no money of the bank is at stake: without an amount, or for a deposit, which is the
 * customer's own. Undefined where the action has an amount that is not known, even for a deposit.
 */
function amountAtStake(
  { amount, rate }: TermsDeclaration,
  { terms }: Candidate,
): number | null | undefined {
  if (amount === undefined) return null;
  const amountMinor = terms?.amountMinor;
  return amountMinor !== undefined && rate?.side === 'DEPOSIT' ? null : amountMinor;
}

function byAmount({ release }: Deciding, { action, candidate }: Considered): ApprovalLevel {
  const amountMinor = amountAtStake(action.declaration.terms, candidate);
  if (amountMinor === undefined) return HIGHEST_APPROVAL;
  if (amountMinor === null) return 'NONE';
  const { approvalByAmount } = release.body.rollout;
  return highest(
    approvalByAmount.filter((from) => from.fromMinor <= amountMinor).map(({ level }) => level),
  );
}

/** Rates and fees each have a scale, since points of rate and shares of a fee do not compare. */
function byDiscount({ release }: Deciding, { candidate }: Considered): ApprovalLevel {
  const { approvalByDiscountPpm, approvalByFeeDiscountPpm } = release.body.rollout;
  const { rateDiscountPpm = 0, feeDiscountPpm = 0 } = candidate.terms ?? {};
  return highest([
    ...reached(approvalByDiscountPpm, rateDiscountPpm),
    ...reached(approvalByFeeDiscountPpm, feeDiscountPpm),
  ]);
}

function reached(
  scale: RolloutPlan['approvalByDiscountPpm'],
  discountPpm: number,
): readonly ApprovalLevel[] {
  if (discountPpm === 0) return [];
  return scale.filter(({ fromPpm }) => fromPpm <= discountPpm).map(({ level }) => level);
}

function highest(levels: readonly ApprovalLevel[]): ApprovalLevel {
  return levels.reduce<ApprovalLevel>((a, b) => (rankOf(b) > rankOf(a) ? b : a), 'NONE');
}

function rankOf(level: ApprovalLevel): number {
  return APPROVAL_LEVELS.indexOf(level);
}
