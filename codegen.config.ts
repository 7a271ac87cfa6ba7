import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the public contract, from `schema.graphql`; run `npm run schema:types`. */
const config: CodegenConfig = {
  schema: './schema.graphql',
  generates: {
    './src/graphql/generated/types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        avoidOptionals: { field: true, object: false, inputValue: false },
        inputMaybeValue: 'T | null | undefined',
        strictScalars: true,
        scalars: {
          Decimal: 'string',
          CurrencyCode: 'string',
          Instant: 'string',
          BusinessDate: 'string',
          Duration: 'number',
          JSON: 'unknown',
        },
        contextType: '../context.ts#RequestContext',
        mappers: {
          Customer360: '../resolvers/customer-view.ts#CustomerView',
          Decision: '../../app/decisions/evidence/decision-evidence.ts#DecisionEvidence',
          NextBestActions: '../../app/decisions/evidence/decision-evidence.ts#DecisionEvidence',
          Release: '../resolvers/release.ts#ReleaseView',
          RuleSet: '../../app/releases/release-shelf.ts#ShelvedRelease',
        },
      },
    },
  },
};

export default config;
