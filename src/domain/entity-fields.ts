import { ARRANGEMENT_STATUSES } from './arrangement-status.ts';
import type { Entity } from './bank-record.ts';
import { CHANNELS } from './channel.ts';
import type { EntitySpec } from './entity-spec.ts';
import {
  BIRTH,
  type FieldSpec,
  identifies,
  may,
  mayBe,
  must,
  mustBe,
  SHARE,
} from './field-spec.ts';
import { PRODUCT_KINDS } from './product-kind.ts';

const recordedAt = must('instant');

/** Every entity with its key and its typed fields: what mappings and tables follow. */
export const ENTITY_SPECS: { readonly [E in Entity]: EntitySpec<E> } = {
  party: {
    key: ['partyId'],
    order: [
      ['birthDate', 'customerSince'],
      ['birthDate', 'recordedAt'],
      ['birthMonth', 'recordedAt'],
      ['customerSince', 'recordedAt'],
    ],
    fields: {
      partyId: must('id'),
      kind: mustBe('PERSON', 'ORGANISATION'),
      givenName: identifies('text'),
      familyName: identifies('text'),
      organisationName: identifies('text'),
      birthDate: identifies('date', BIRTH),
      birthMonth: may('date', BIRTH),
      sex: mayBe('F', 'M'),
      language: may('text'),
      segment: may('text'),
      email: identifies('text'),
      phone: identifies('text'),
      city: may('text'),
      regionCode: may('id'),
      residenceCountry: may('text'),
      employment: may('text'),
      industryCode: may('text'),
      declaredIncomeMinor: may('minor'),
      incomeCurrency: may('currency'),
      customerSince: may('date'),
      identityExpiresOn: may('date'),
      digitalActive: may('boolean'),
      riskRating: mayBe('LOW', 'MEDIUM', 'HIGH'),
      recordedAt,
    },
  },
  region: {
    key: ['regionCode'],
    fields: {
      regionCode: must('id'),
      name: must('text'),
      population: may('count'),
      averageSalaryMinor: may('minor'),
      unemploymentPpm: may('ppm', SHARE),
      urbanPpm: may('ppm', SHARE),
      entrepreneursPerThousand: may('count', [0, 1_000]),
      recordedAt,
    },
  },
  household_member: {
    key: ['partyId', 'householdId'],
    fields: {
      householdId: must('id'),
      partyId: must('id'),
      member: mustBe('HEAD', 'PARTNER', 'CHILD', 'OTHER'),
      recordedAt,
    },
  },
  arrangement: {
    key: ['arrangementId'],
    order: [['openedOn', 'closedOn']],
    fields: {
      arrangementId: must('id'),
      productKind: mustBe(...PRODUCT_KINDS),
      product: must('text'),
      currency: must('currency'),
      status: mustBe(...ARRANGEMENT_STATUSES),
      openedOn: must('date'),
      closedOn: may('date'),
      maturesOn: may('date'),
      renewsOn: may('date'),
      limitMinor: may('minor'),
      principalMinor: may('minor'),
      instalmentMinor: may('minor'),
      termMonths: may('count', [0, 1_200]),
      ratePpm: may('ppm'),
      parentId: may('id'),
      regionCode: may('id'),
      statementFrequency: mayBe('MONTHLY', 'WEEKLY', 'PER_TRANSACTION'),
      accountNumber: identifies('text'),
      recordedAt,
    },
  },
  role: {
    key: ['partyId', 'arrangementId', 'role'],
    fields: {
      partyId: must('id'),
      arrangementId: must('id'),
      role: mustBe('OWNER', 'JOINT', 'AUTHORISED', 'GUARANTOR', 'SIGNATORY'),
      endedOn: may('date'),
      recordedAt,
    },
  },
  balance: {
    key: ['arrangementId', 'effectiveOn'],
    fields: {
      arrangementId: must('id'),
      effectiveOn: must('date'),
      ledgerMinor: must('minor'),
      availableMinor: may('minor'),
      arrearsMinor: may('minor'),
      daysPastDue: may('count', [0, 36_600]),
      recordedAt,
    },
  },
  transaction: {
    key: ['transactionId'],
    fields: {
      transactionId: must('id'),
      arrangementId: must('id'),
      effectiveAt: must('instant'),
      sequence: may('integer'),
      amountMinor: must('minor'),
      currency: must('currency'),
      runningBalanceMinor: may('minor'),
      category: may('text'),
      merchant: may('text'),
      country: may('text'),
      method: may('text'),
      recordedAt,
    },
  },
  interaction: {
    key: ['interactionId'],
    fields: {
      interactionId: must('id'),
      partyId: must('id'),
      occurredAt: must('instant'),
      channel: mustBe(...CHANNELS),
      intent: must('text'),
      recordedAt,
    },
  },
  consent: {
    key: ['partyId', 'purpose', 'channel', 'effectiveAt'],
    fields: {
      partyId: must('id'),
      purpose: mustBe('MARKETING', 'PROFILING'),
      channel: mustBe(...CHANNELS, 'ANY'),
      state: mustBe('GIVEN', 'WITHDRAWN', 'OBJECTED'),
      effectiveAt: must('instant'),
      expiresOn: may('date'),
      evidence: may('text'),
      recordedAt,
    },
  },
  hold: {
    key: ['holdId'],
    order: [['startsOn', 'endsOn']],
    fields: {
      holdId: must('id'),
      partyId: must('id'),
      kind: mustBe('DECEASED', 'FRAUD', 'COLLECTIONS', 'VULNERABLE'),
      startsOn: must('date'),
      endsOn: may('date'),
      recordedAt,
    },
  },
  contact: {
    key: ['contactId'],
    fields: {
      contactId: must('id'),
      partyId: must('id'),
      actionId: must('id'),
      channel: mustBe(...CHANNELS),
      presentedAt: must('instant'),
      selectionProbabilityPpm: may('ppm', SHARE),
      campaignId: may('id'),
      expiresOn: may('date'),
      recordedAt,
    },
  },
  response: {
    key: ['responseId'],
    fields: {
      responseId: must('id'),
      contactId: must('id'),
      kind: mustBe('ACCEPTED', 'DECLINED', 'COMPLAINED'),
      respondedAt: must('instant'),
      recordedAt,
    },
  },
  goal: {
    key: ['goalId'],
    fields: {
      goalId: must('id'),
      partyId: must('id'),
      kind: must('text'),
      targetMinor: may('minor'),
      currency: may('currency'),
      targetOn: may('date'),
      progressPpm: may('ppm'),
      recordedAt,
    },
  },
  credit_application: {
    key: ['applicationId'],
    order: [['appliedOn', 'stateSince']],
    fields: {
      applicationId: must('id'),
      partyId: must('id'),
      productKind: mustBe(...PRODUCT_KINDS),
      appliedOn: must('date'),
      state: mustBe('OPEN', 'APPROVED', 'DECLINED', 'WITHDRAWN'),
      stateSince: must('date'),
      amountMinor: may('minor'),
      currency: may('currency'),
      recordedAt,
    },
  },
  relationship_value: {
    key: ['partyId', 'effectiveOn'],
    fields: {
      partyId: must('id'),
      effectiveOn: must('date'),
      marginMinor: must('minor'),
      currency: must('currency'),
      tier: mayBe('BASIC', 'PLUS', 'PREMIUM', 'PRIVATE'),
      recordedAt,
    },
  },
  relationship_manager: {
    key: ['partyId'],
    order: [['startsOn', 'endsOn']],
    fields: {
      partyId: must('id'),
      managerId: must('id'),
      startsOn: must('date'),
      endsOn: may('date'),
      recordedAt,
    },
  },
  party_merge: {
    key: ['partyId'],
    fields: {
      partyId: must('id'),
      survivorId: must('id'),
      recordedAt,
    },
  },
  coverage: {
    key: ['entity', 'arrangementId', 'from', 'system'],
    fields: {
      entity: mustBe('transaction'),
      arrangementId: may('id'),
      from: must('date'),
      to: may('date'),
      system: may('text'),
      recordedAt,
    },
  },
};

/** Parents before children: a record may only name what stands earlier in this list. */
export const ENTITY_ORDER: readonly Entity[] = [
  'region',
  'party',
  'household_member',
  'arrangement',
  'role',
  'balance',
  'transaction',
  'interaction',
  'consent',
  'hold',
  'contact',
  'response',
  'goal',
  'credit_application',
  'relationship_value',
  'relationship_manager',
  'party_merge',
  'coverage',
];

/** The fields of an entity by name, in declared order. */
export function fieldsOf(entity: Entity): readonly (readonly [string, FieldSpec])[] {
  return Object.entries(ENTITY_SPECS[entity].fields);
}
