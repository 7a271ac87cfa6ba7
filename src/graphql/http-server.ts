import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { TokenVerifier } from '../app/ports/identity.ts';
import { buildSchema } from './build-schema.ts';
import { createContext, type GraphqlDeps, type RequestContext } from './context.ts';
import { guardOperations } from './guard-operations.ts';
import { LIMITS, limitOperation } from './limits.ts';
import { maskError, outageStatus } from './mask-error.ts';

export interface HttpServerSettings {
  readonly typeDefs: string;
  readonly deps: GraphqlDeps;
  readonly verifier: TokenVerifier;
  /** Shows the landing page and answers introspection without a token: for the demo only. */
  readonly open: boolean;
  readonly isReady: () => Promise<boolean>;
  readonly metricsText: () => Promise<string>;
  readonly onError: (error: unknown) => void;
  readonly onRequest?: (seen: { readonly status: number; readonly ms: number }) => void;
}

const BODY_LIMIT_BYTES = 256 * 1024;

/** Makes the HTTP server: GraphQL over POST, health and metrics. It does not listen yet. */
export async function createHttpServer(settings: HttpServerSettings): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: 'idle' });
  const apollo = createApollo(settings, app);
  await apollo.start();
  addHealth(app, settings);
  app.addHook('onResponse', async (request, reply) => {
    if (request.url.startsWith('/graphql')) {
      settings.onRequest?.({ status: reply.statusCode, ms: reply.elapsedTime });
    }
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    onRequest: async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      // A decision is recorded by asking, so nothing that asks may be a GET.
      if (request.method === 'GET' && !isPageVisit(request)) {
        await reply.code(405).header('allow', 'POST').send(GET_REFUSED);
      }
    },
    handler: fastifyApolloHandler(apollo, {
      context: (request) => contextOf(request, settings),
    }),
  });
  return app;
}

const GET_REFUSED = {
  errors: [
    {
      message: 'send GraphQL as POST with content-type application/json',
      extensions: { code: 'METHOD_NOT_ALLOWED' },
    },
  ],
};

function isPageVisit(request: FastifyRequest): boolean {
  const wantsPage = request.headers.accept?.includes('text/html') ?? false;
  return wantsPage && !('query' in (request.query as object));
}

function createApollo(
  settings: HttpServerSettings,
  app: FastifyInstance,
): ApolloServer<RequestContext> {
  const { schema, permits } = buildSchema(settings.typeDefs);
  const plugins: ApolloServerPlugin<RequestContext>[] = [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    settings.open
      ? ApolloServerPluginLandingPageLocalDefault({ embed: true })
      : ApolloServerPluginLandingPageDisabled(),
    guardOperations({ schema, permits }),
    outageStatus(),
    fastifyApolloDrainPlugin(app),
  ];
  return new ApolloServer<RequestContext>({
    schema,
    plugins,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    validationRules: [limitOperation],
    parseOptions: { maxTokens: LIMITS.tokens },
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => maskError(formatted, error, settings.onError),
  });
}

async function contextOf(
  request: FastifyRequest,
  { verifier, deps, open }: HttpServerSettings,
): Promise<RequestContext> {
  const header = request.headers.authorization;
  if (header === undefined) {
    if (open) return createContext({ subject: 'anonymous', roles: [] }, deps);
    throw unauthenticated('send a bearer token in the Authorization header');
  }
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('write the header as `Bearer <token>`');
  const verified = await verifier.verify(token);
  if (!verified.ok) throw unauthenticated(verified.refusal.message);
  return createContext(verified.value, deps);
}

/** Says who may come in; the token itself is never repeated. */
function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers: new Map([['www-authenticate', 'Bearer']]) },
    },
  });
}

function addHealth(app: FastifyInstance, settings: HttpServerSettings): void {
  app.get('/health/live', async () => ({ status: 'LIVE' }));
  app.get('/health/ready', async (_request, reply) => {
    const ready = await settings.isReady();
    void reply.code(ready ? 200 : 503);
    return { status: ready ? 'READY' : 'NOT_READY' };
  });
  app.get('/metrics', async (_request, reply) => {
    void reply.type('text/plain; version=0.0.4');
    return settings.metricsText();
  });
}
