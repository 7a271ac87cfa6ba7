import { stderr } from 'node:process';
import { megabytes } from '../app/learning/training/training-memory.ts';
import type { TrainingProgress } from '../app/learning/training/training-progress.ts';
import { TrainingStopped } from '../app/ports/trainer.ts';
import { CommandFailure, progressLine } from './output.ts';

/** Tells how far a long work has come, with the time left. */
interface Screen {
  /** `share` is of all the work that `phase` names, 0 to 1; time is counted from its start. */
  show(step: Step): void;
  end(): void;
}

interface Step {
  readonly phase: string;
  /** What is being done; elsewhere than on a terminal, a line of its own. */
  readonly activity: string;
  readonly detail: string;
  readonly share: number;
}

/** On a terminal one line that is rewritten; elsewhere a line when a activity begins. */
export function openScreen(nowMs: () => number = () => performance.now()): Screen {
  const line = progressLine();
  const left = timeLeft(nowMs);
  let activity = '';
  return {
    show(step) {
      const words = left(step);
      if (stderr.isTTY) line.show(`${step.activity}: ${step.detail}${words}`);
      else if (step.activity !== activity) stderr.write(`${step.activity}${words}\n`);
      activity = step.activity;
    },
    end: () => line.end(),
  };
}

/** The time left of a phase, told once enough of it is over to know. */
export function timeLeft(nowMs: () => number): (step: Pick<Step, 'phase' | 'share'>) => string {
  let phase = '';
  let startedMs = 0;
  let startedShare = 0;
  return (step) => {
    if (step.phase !== phase) {
      phase = step.phase;
      startedMs = nowMs();
      startedShare = step.share;
    }
    const done = step.share - startedShare;
    if (done <= 0.01 || step.share >= 1) return '';
    return `, ${seconds(((nowMs() - startedMs) * (1 - step.share)) / done)} left`;
  };
}

function seconds(ms: number): string {
  const whole = Math.max(1, Math.round(ms / 1000));
  return whole < 90 ? `about ${whole} s` : `about ${Math.round(whole / 60)} min`;
}

/** A training's progress as a step to show. */
export function stepOf(progress: TrainingProgress): Step {
  const { done, total } = progress;
  if (progress.activity === 'READING') {
    const memory = `${megabytes(progress.neededBytes)} of ${megabytes(progress.boundBytes)}`;
    return {
      phase: 'reading',
      activity: 'reading customers',
      detail: `${done} of ${total}, memory ${memory}`,
      share: total === 0 ? 1 : done / total,
    };
  }
  const [verb, unit] = STAGES[progress.activity];
  return {
    phase: 'growing',
    activity: `${progress.forest}: ${verb}`,
    detail: `${done} of ${total} ${unit}`,
    share: progress.share,
  };
}

const STAGES = {
  TUNING: ['choosing its settings', 'settings'],
  GROWING: ['growing it', 'trees'],
  JUDGING: ['judging it by later rows', 'trees'],
} as const;

/**
 * Runs a training. One that is interrupted, or whose thread dies, says what became of it and
 * what to do next; nothing of it was kept.
 */
export async function whileTraining<T>(next: string, work: () => Promise<T>): Promise<T> {
  const said = `nothing was kept, and no release changed: ${next}`;
  const sayInterrupted = () => {
    stderr.write(`\nthe training was interrupted; ${said}\n`);
  };
  process.once('exit', sayInterrupted);
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TrainingStopped) {
      throw new CommandFailure(`${cause.message}; ${said}`, { code: 'TRAINING_STOPPED' });
    }
    throw cause;
  } finally {
    process.off('exit', sayInterrupted);
  }
}
