import { describe, expect, test } from '@jest/globals';
import { createAdaptiveGate, createGate } from './gate.ts';

/** A gate whose loop takes a tenth of a millisecond a turn for each who is inside. */
function crowdedGate(msEach = 0.1) {
  let atMs = 0;
  let inside = 0;
  const gate = createAdaptiveGate({ waitedMs: () => inside * msEach, nowMs: () => atMs });
  const enter = () => {
    const let1 = gate.enter();
    if (let1) inside += 1;
    return let1;
  };
  const leave = () => {
    gate.leave();
    inside -= 1;
  };
  return {
    gate,
    enter,
    leave,
    wait: (ms: number) => {
      atMs += ms;
    },
    inside: () => inside,
    /** As many as can come in, and one outside. */
    fill() {
      while (enter());
      return inside;
    },
  };
}

describe('a gate', () => {
  test('lets so many in, and one more for each who left', () => {
    const gate = createGate(2);
    expect([gate.enter(), gate.enter(), gate.enter()]).toEqual([true, true, false]);
    gate.leave();
    expect([gate.enter(), gate.enter()]).toEqual([true, false]);
  });
});

describe('an adaptive gate', () => {
  /** How many are inside after a time of more wanting in than it lets. */
  function settled(msEach: number): number {
    const crowd = crowdedGate(msEach);
    for (let i = 0; i < 200; i += 1) {
      crowd.fill();
      crowd.wait(100);
      for (let left = Math.ceil(crowd.inside() / 2); left > 0; left -= 1) crowd.leave();
    }
    return crowd.fill();
  }

  test('finds the width at which turns take what they may', () => {
    // 15 ms at .05 ms each, at half as much, and at forty times as much, where the least remains.
    expect(settled(0.05)).toBeGreaterThan(220);
    expect(settled(0.05)).toBeLessThan(620);
    expect(settled(0.025) / settled(0.05)).toBeGreaterThan(1.6);
    expect(settled(2)).toBe(100);
  });

  test('never lets in more than its most, however short the turns', () => {
    expect(settled(0)).toBe(1_024);
  });

  test('bears one long pause, and narrows to its least while turns stay long', () => {
    const { pass, width } = gateBy(() => 200);
    pass(1);
    expect(width()).toBe(180);
    pass(30);
    expect(width()).toBe(100);
  });

  test('widens again within seconds, and not while nobody stands outside', () => {
    let waitedMs = 200;
    const { pass, width } = gateBy(() => waitedMs);
    pass(30);
    expect(width()).toBe(100);
    waitedMs = 0;
    // The measure above stood outside once.
    pass(100);
    expect(width()).toBeLessThan(110);
    for (let i = 0; i < 100; i += 1) {
      width();
      pass(1);
    }
    expect(width()).toBeGreaterThan(500);
  });
});

/** A gate whose turns take as told; each period somebody comes and goes. */
function gateBy(waitedMs: () => number) {
  let atMs = 0;
  const gate = createAdaptiveGate({ waitedMs, nowMs: () => atMs });
  return {
    pass(periods: number) {
      for (let i = 0; i < periods; i += 1) {
        atMs += 100;
        gate.enter();
        gate.leave();
      }
    },
    /** How many it lets in at this moment. */
    width() {
      let count = 0;
      while (gate.enter()) count += 1;
      for (let left = count; left > 0; left -= 1) gate.leave();
      return count;
    },
  };
}
