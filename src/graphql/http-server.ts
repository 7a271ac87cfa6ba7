import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import * as landingPage from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { TokenVerifier, Viewer } from '../app/ports/identity.ts';
import type { Outage } from '../app/ports/outage.ts';
import type { Readiness } from '../app/ports/readiness.ts';
import { acceptsJson } from './accepted.ts';
import type { Admission } from './admission/admit.ts';
import { authenticate } from './authenticate.ts';
import { boundAnswers } from './bound-answers.ts';
import { ANSWER_BYTES, BUDGETS, type Budgets } from './budgets.ts';
import { buildSchema } from './build-schema.ts';
import { createContext, type RequestContext, type Services } from './context.ts';
import { guardOperations } from './guard-operations.ts';
import {
  answerErrors,
  BODY_LIMIT_BYTES,
  readJsonBodies,
  sendError,
  sendRefusal,
} from './json-body.ts';
import { LIMITS, limitOperation } from './limits.ts';
import type { HoldToList } from './listed/hold-to-list.ts';
import { maskError, outageStatus } from './mask-error.ts';
import { boundSockets, SOCKET_BOUNDS, type SocketBounds, socketOptions } from './slow-sockets.ts';

/**
 * What composition hands to the server; `onError` is told only of errors that are masked as bugs.
 */
export interface HttpServerSettings {
  readonly typeDefs: string;
  readonly services: Services;
  readonly verifier: TokenVerifier;
  /** Shows the landing page and answers introspection without a token: for the demo only. */
  readonly open: boolean;
  /** What one operation may cost, and how large its answer may be. */
  readonly budgets?: Budgets;
  readonly answerBytes?: number;
  readonly sockets?: SocketBounds;
  /** Where listed operations alone are answered: lets no other through. */
  readonly holdToList?: HoldToList;
  readonly admission: Admission;
  readonly readiness: () => Promise<Readiness>;
  readonly metricsText: () => Promise<string>;
  readonly onError: (error: unknown) => void;
  readonly onOutage?: (outage: Outage) => void;
  readonly onRequest?: (seen: { readonly status: number; readonly ms: number }) => void;
}

/** Makes the HTTP server: GraphQL over POST, health and metrics. It does not listen yet. */
export async function createHttpServer(settings: HttpServerSettings): Promise<FastifyInstance> {
  const { sockets = SOCKET_BOUNDS } = settings;
  const app: FastifyInstance = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    ...socketOptions(sockets),
    frameworkErrors: (_error, _request, reply) => void sendError(reply, 400, NO_ADDRESS),
  });
  boundSockets(app, sockets);
  const apollo = createApollo(settings, app);
  await apollo.start();
  readJsonBodies(app);
  answerErrors(app, settings.onError);
  addHealth(app, settings);
  app.addHook('onResponse', async (request, reply) => {
    if (request.url.startsWith('/graphql')) {
      settings.onRequest?.({ status: reply.statusCode, ms: reply.elapsedTime });
    }
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    onRequest: async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      // A decision is recorded by asking, so nothing that asks may be a GET.
      if (request.method === 'POST') {
        if (!acceptsJson(request.headers.accept)) await sendError(reply, 406, NOT_ACCEPTABLE);
        return;
      }
      if (settings.open && isPageVisit(request)) return;
      await sendError(reply.header('allow', 'POST'), 405, NOT_BY_POST);
    },
    handler: admitted(apollo, settings),
  });
  return app;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Answers whom it knows and has a place for; a place is held until the work for it has ended. */
function admitted(apollo: ApolloServer<RequestContext>, settings: HttpServerSettings): Handler {
  const { services, holdToList, admission } = settings;
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  const answer = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const viewer = viewers.get(request);
      if (viewer === undefined) throw new Error('a request came in past the door');
      if (viewer.roles.length > 0) await holdToList?.(request.body);
      return createContext(viewer, services, admission);
    },
  }) as Handler;
  return async (request, reply) => {
    const viewer = await authenticate(request.headers.authorization, settings);
    if (!viewer.ok) return sendRefusal(reply, viewer.refusal);
    const place = admission.admit(viewer.value);
    if (!place.ok) return sendRefusal(reply, place.refusal);
    viewers.set(request, viewer.value);
    try {
      return await answer(request, reply);
    } finally {
      place.value();
    }
  };
}

const NOT_BY_POST = {
  code: 'METHOD_NOT_ALLOWED',
  message: 'send GraphQL as POST with content-type application/json',
};

const NOT_ACCEPTABLE = {
  code: 'NOT_ACCEPTABLE',
  message: 'answers are JSON: accept application/json or application/graphql-response+json',
};

const NO_ADDRESS = { code: 'BAD_REQUEST', message: 'the address cannot be read; see /graphql' };

/** A browser that opens the address itself; whatever carries a question is no visit. */
function isPageVisit({ method, url, headers }: FastifyRequest): boolean {
  return (
    method === 'GET' && !url.includes('?') && (headers.accept?.includes('text/html') ?? false)
  );
}

function createApollo(
  settings: HttpServerSettings,
  app: FastifyInstance,
): ApolloServer<RequestContext> {
  const contract = buildSchema(settings.typeDefs);
  const { budgets = BUDGETS, answerBytes = ANSWER_BYTES } = settings;
  const plugins: ApolloServerPlugin<RequestContext>[] = [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    settings.open
      ? landingPage.ApolloServerPluginLandingPageLocalDefault({ embed: true })
      : ApolloServerPluginLandingPageDisabled(),
    guardOperations({ ...contract, budgets }),
    outageStatus(),
    boundAnswers(answerBytes),
    fastifyApolloDrainPlugin(app),
  ];
  return new ApolloServer<RequestContext>({
    schema: contract.schema,
    plugins,
    introspection: settings.open,
    hideSchemaDetailsFromClientErrors: !settings.open,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    validationRules: [limitOperation],
    parseOptions: { maxTokens: LIMITS.tokens },
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => maskError(formatted, error, settings),
  });
}

function addHealth(app: FastifyInstance, settings: HttpServerSettings): void {
  app.get('/health/live', async () => ({ status: 'LIVE' }));
  app.get('/health/ready', async (_request, reply) => {
    const readiness = await settings.readiness();
    void reply.code(readiness.status === 'READY' ? 200 : 503);
    return readiness;
  });
  app.get('/metrics', async (_request, reply) => {
    void reply.type('text/plain; version=0.0.4');
    return settings.metricsText();
  });
}
