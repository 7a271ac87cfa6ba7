import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import * as landingPage from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { SpendMandate } from '../app/mandates/spend-mandate.ts';
import type { Door } from '../app/ports/door.ts';
import type { TokenVerifier, Viewer } from '../app/ports/identity.ts';
import type { Outage } from '../app/ports/outage.ts';
import type { Readiness } from '../app/ports/readiness.ts';
import { acceptsJson } from './accepted.ts';
import type { Admission } from './admission/admit.ts';
import { addDoor } from './answer-door.ts';
import { boundAnswers } from './bound-answers.ts';
import { ANSWER_BYTES, BUDGETS, type Budgets } from './budgets.ts';
import { buildSchema, type Changes } from './build-schema.ts';
import { assistantOf, callerOf } from './callers.ts';
import { createContext, type RequestContext, type Services } from './context.ts';
import { guardOperations } from './guard-operations.ts';
import { answerErrors, BODY_LIMIT_BYTES, readJsonBodies, sendError } from './json-body.ts';
import { letIn } from './let-in.ts';
import { LIMITS, limitOperation } from './limits.ts';
import type { HoldToList } from './listed/hold-to-list.ts';
import { maskError, outageStatus } from './mask-error.ts';
import { createOperationRunner } from './run-operations.ts';
import {
  boundSockets,
  endSocketsOnClose,
  SOCKET_BOUNDS,
  type SocketBounds,
  socketOptions,
} from './slow-sockets.ts';

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
  /** Where assistants ask; without it nobody does. */
  readonly assistants?: AssistantSettings;
  readonly changes?: Changes;
  readonly readiness: () => Promise<Readiness>;
  readonly metricsText: () => Promise<string>;
  readonly onError: (error: unknown) => void;
  readonly onOutage?: (outage: Outage) => void;
  readonly onRequest?: (seen: { readonly status: number; readonly ms: number }) => void;
}

/** How assistants come in. */
export interface AssistantSettings {
  readonly door: Door;
  /** The clients that are assistants and come in by the door alone; null: any client may. */
  readonly clients: readonly string[] | null;
  readonly spendMandate?: SpendMandate;
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
  endSocketsOnClose(app);
  const contract = buildSchema(settings.typeDefs, settings.changes);
  const apollo = createApollo(settings, contract, app);
  await apollo.start();
  readJsonBodies(app);
  answerErrors(app, settings.onError);
  addHealth(app, settings);
  const { assistants } = settings;
  if (assistants !== undefined) addAssistants(app, assistants, { ...settings, contract, apollo });
  app.addHook('onResponse', async (request, reply) => {
    if (request.url.startsWith('/graphql') || request.url === assistants?.door.path) {
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
    handler: answerGraphql(apollo, settings),
  });
  return app;
}

interface Answering extends HttpServerSettings {
  readonly contract: ReturnType<typeof buildSchema>;
  readonly apollo: ApolloServer<RequestContext>;
}

function addAssistants(app: FastifyInstance, assistants: AssistantSettings, by: Answering): void {
  addDoor(app, assistants.door, {
    letIn: letIn(by.admission, (header) => assistantOf(header, by)),
    runner: createOperationRunner({ ...by, ...by.contract }),
    ...(by.onOutage && { onOutage: by.onOutage }),
  });
}

function answerGraphql(apollo: ApolloServer<RequestContext>, settings: HttpServerSettings) {
  const { holdToList, admission } = settings;
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  const answer = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const viewer = viewers.get(request);
      if (viewer === undefined) throw new Error('a request came in that nobody let in');
      await holdToList?.(request.body);
      return createContext(viewer, settings);
    },
  }) as (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
  return letIn(admission, (header) => callerOf(header, settings))((viewer, request, reply) => {
    viewers.set(request, viewer);
    return answer(request, reply);
  });
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
  contract: ReturnType<typeof buildSchema>,
  app: FastifyInstance,
): ApolloServer<RequestContext> {
  const { budgets = BUDGETS, answerBytes = ANSWER_BYTES } = settings;
  const plugins: ApolloServerPlugin<RequestContext>[] = [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    settings.open
      ? landingPage.ApolloServerPluginLandingPageLocalDefault({ embed: true })
      : ApolloServerPluginLandingPageDisabled(),
    guardOperations({ ...contract, budgets, spendMandate: settings.assistants?.spendMandate }),
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
