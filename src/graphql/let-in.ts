import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Viewer } from '../app/ports/identity.ts';
import type { Result } from '../domain/result.ts';
import type { Admission } from './admission/admit.ts';
import type { HttpRefusal } from './http-refusal.ts';
import { sendRefusal } from './json-body.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Makes a handler of one that answers a viewer who was let in. */
export type LetIn = (
  answer: (viewer: Viewer, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
) => Handler;

/** Answers whom it knows and has a place for; a place is held until the work for it has ended. */
export function letIn(
  admission: Admission,
  viewerOf: (header: string | undefined) => Promise<Result<Viewer, HttpRefusal>>,
): LetIn {
  return (answer) => async (request, reply) => {
    const viewer = await viewerOf(request.headers.authorization);
    if (!viewer.ok) return sendRefusal(reply, viewer.refusal);
    const place = admission.admit(viewer.value);
    if (!place.ok) return sendRefusal(reply, place.refusal);
    try {
      return await answer(viewer.value, request, reply);
    } finally {
      place.value();
    }
  };
}
