import { describe, expect, test } from '@jest/globals';
import { TrainingStopped } from '../app/ports/trainer.ts';
import { CommandFailure } from './output.ts';
import { timeLeft, whileTraining } from './training-screen.ts';

describe('the time left of a training', () => {
  test('follows the share that is done, from the start of each phase', () => {
    let nowMs = 0;
    const left = timeLeft(() => nowMs);
    const told = (phase: string, share: number, atMs: number) => {
      nowMs = atMs;
      return left({ phase, share });
    };
    expect(told('reading', 0, 0)).toBe('');
    expect(told('reading', 0.25, 10_000)).toBe(', about 30 s left');
    expect(told('reading', 1, 40_000)).toBe('');
    // What reading took says nothing of growing.
    expect(told('growing', 0.5, 50_000)).toBe('');
    expect(told('growing', 0.75, 60_000)).toBe(', about 10 s left');
    expect(told('growing', 0.76, 600_000)).toBe(', about 8 min left');
  });
});

describe('a training that fails', () => {
  test('says that nothing was kept and what to do next, if its thread died', async () => {
    const died = () => Promise.reject(new TrainingStopped('a thread died'));
    const failed = whileTraining('start again', died);
    await expect(failed).rejects.toBeInstanceOf(CommandFailure);
    await expect(whileTraining('start again', died)).rejects.toThrow(
      'a thread died; nothing was kept, and no release changed: start again',
    );
  });

  test('by a bug stays that bug, and leaves no listener behind', async () => {
    const listeners = process.listenerCount('exit');
    const bug = new Error('a bug');
    await expect(whileTraining('again', () => Promise.reject(bug))).rejects.toBe(bug);
    expect(process.listenerCount('exit')).toBe(listeners);
  });
});
