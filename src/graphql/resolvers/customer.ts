import { Outage } from '../../app/ports/outage.ts';
import { decimalOfPpm, moneyView } from '../../app/wording/decimals.ts';
import type { HeldArrangement, PartName } from '../../domain/customer360.ts';
import { byText } from '../../domain/text-order.ts';
import type { Customer360Resolvers } from '../generated/types.ts';
import { partFailed } from '../refusals.ts';
import { cashFlow } from './cash-flow.ts';
import { partView } from './customer-view.ts';
import { transactions } from './transactions.ts';

/** Each part of a customer, read and translated when it is asked for. */
export const customerResolvers: Customer360Resolvers = {
  mergedIds: (customer, _args, { loaders }) => loaders.numbersOf(customer.id),
  profile: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'profile', context);
    const { party, region } = value;
    const who = await identityOf('profile', () => context.identities.party(customer.id));
    const name = who.organisationName ?? [who.givenName, who.familyName].join(' ').trim();
    return {
      sources,
      kind: party.kind,
      displayName: name === '' ? null : name,
      birthDate: who.birthDate ?? null,
      language: party.language ?? null,
      segment: party.segment ?? null,
      email: who.email ?? null,
      phone: who.phone ?? null,
      city: party.city ?? null,
      region: region?.name ?? null,
      residenceCountry: party.residenceCountry ?? null,
      employment: party.employment ?? null,
      customerSince: party.customerSince ?? null,
      identityExpiresOn: party.identityExpiresOn ?? null,
    };
  },
  household: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'household', context);
    const members = value.map(({ partyId, member }) => ({ customerId: partyId, member }));
    return { sources, members };
  },
  arrangements: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'arrangements', context);
    const oldestFirst = value.map(arrangementView).toSorted(OLDEST_FIRST);
    const numbers = await identityOf('arrangements', () =>
      Promise.all(oldestFirst.map(({ id }) => context.identities.arrangement(id))),
    );
    const items = oldestFirst.map((one, i) => {
      return { ...one, accountNumber: numbers[i]?.accountNumber ?? null };
    });
    return { sources, items };
  },
  transactions,
  cashFlow,
  interactions: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'interactions', context);
    return { sources, items: value.toReversed() };
  },
  consents: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'consents', context);
    const items = value.map((row) => ({
      ...row,
      expiresOn: row.expiresOn ?? null,
      evidence: row.evidence ?? null,
    }));
    return { sources, items };
  },
  holds: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'holds', context);
    return { sources, items: value.map((row) => ({ ...row, endsOn: row.endsOn ?? null })) };
  },
  campaignHistory: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'campaigns', context);
    const responses = new Map(value.responses.map((row) => [row.contactId, row]));
    const items = value.contacts.toReversed().map((contact) => {
      const response = responses.get(contact.contactId);
      return {
        action: contact.actionId,
        channel: contact.channel,
        presentedAt: contact.presentedAt,
        response: response?.kind ?? null,
        respondedAt: response?.respondedAt ?? null,
      };
    });
    return { sources, items };
  },
  goals: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'goals', context);
    const byDate = value.toSorted((a, b) => ((a.targetOn ?? '9') < (b.targetOn ?? '9') ? -1 : 1));
    const items = byDate.map((goal) => ({
      kind: goal.kind,
      target:
        goal.targetMinor === undefined
          ? null
          : moneyView(goal.targetMinor, goal.currency ?? customer.currency),
      targetOn: goal.targetOn ?? null,
      progress: goal.progressPpm === undefined ? null : decimalOfPpm(goal.progressPpm),
    }));
    return { sources, items };
  },
  creditApplications: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'creditApplications', context);
    const items = value.toReversed().map((row) => ({
      kind: row.productKind,
      appliedOn: row.appliedOn,
      state: row.state,
      stateSince: row.stateSince,
      amount:
        row.amountMinor === undefined
          ? null
          : moneyView(row.amountMinor, row.currency ?? customer.currency),
    }));
    return { sources, items };
  },
  relationshipValue: async (customer, _args, context) => {
    const { value, sources } = await partView(customer, 'relationshipValue', context);
    return {
      sources,
      margin: value === null ? null : moneyView(value.marginMinor, value.currency),
      tier: value?.tier ?? null,
    };
  },
};

/** A part whose identity does not answer is shown as a whole, or not at all. */
async function identityOf<T>(part: PartName, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Outage) throw partFailed(part, 'SOURCE_DOWN');
    throw error;
  }
}

/** Of one day by what everybody reads, lest the order tell whose number is the lower one. */
const OLDEST_FIRST = byText<ReturnType<typeof arrangementView>>(
  ({ openedOn }) => openedOn,
  ({ id: _id, ...shown }) => JSON.stringify(shown),
);

function arrangementView({ arrangement, role, balance }: HeldArrangement) {
  const money = (minor: number | undefined) =>
    minor === undefined ? null : moneyView(minor, arrangement.currency);
  return {
    id: arrangement.arrangementId,
    kind: arrangement.productKind,
    product: arrangement.product,
    role,
    status: arrangement.status,
    openedOn: arrangement.openedOn,
    closedOn: arrangement.closedOn ?? null,
    maturesOn: arrangement.maturesOn ?? null,
    balance: money(balance?.ledgerMinor),
    available: money(balance?.availableMinor),
    limit: money(arrangement.limitMinor),
    principal: money(arrangement.principalMinor),
    instalment: money(arrangement.instalmentMinor),
    rate: arrangement.ratePpm === undefined ? null : decimalOfPpm(arrangement.ratePpm),
    arrears: money(balance?.arrearsMinor),
    daysPastDue: balance?.daysPastDue ?? null,
  };
}
