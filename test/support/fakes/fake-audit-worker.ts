import { parentPort, threadId } from 'node:worker_threads';
import type { AuditMessage, AuditReply } from '../../../src/main/audit-worker.ts';

/**
 * Answers at once, by the thread's number in place of the engine's version; what an id says it
 * does instead.
 */
parentPort?.on('message', (message: AuditMessage) => {
  if (message.kind === 'CLOSE') return parentPort?.close();
  const reply = replyTo(message);
  if (reply !== undefined) parentPort?.postMessage(reply);
});

function replyTo(question: Exclude<AuditMessage, { kind: 'CLOSE' }>): AuditReply | undefined {
  if (question.id === 'never') return undefined;
  if (question.id === 'die') process.exit(3);
  if (question.id === 'fill') throw FULL;
  if (question.id === 'throw') throw new Error('a test');
  if (question.id === 'bug') {
    return {
      kind: 'BUG',
      name: 'TypeError',
      message: 'a test',
      stack: 'TypeError: a test\n    at there',
    };
  }
  if (question.id === 'outage') return { kind: 'OUTAGE', dependency: 'DATABASE', code: '57P01' };
  if (question.id === 'overload') return { kind: 'OVERLOAD' };
  if (question.kind === 'TRACE') return { kind: 'TRACED', trace: undefined };
  const release = `${question.sitting} of ${question.waiting.join()}`;
  const replay = { decisionId: question.id, release, engineVersion: threadId } as const;
  return { kind: 'REPLAYED', replay: { ...replay, result: 'IDENTICAL' } };
}

/** As Node tells that a thread had no more room. */
const FULL = Object.assign(new Error('a test'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
