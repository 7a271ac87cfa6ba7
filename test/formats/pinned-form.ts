import { canonicalText } from '../../src/domain/canonical.ts';
import { digestBytes } from '../../src/domain/digest.ts';

/** The members of a form: each path (`live.holds[].kind`), and the types of what stands there. */
export type Members = { readonly [path: string]: string };

/** What is pinned of a stored form: its members, and the digest of its samples' canonical text. */
export interface Pin {
  readonly digest: string;
  readonly members: Members;
  /** Optional members that came after the version was pinned, which no engine of it reads. */
  readonly later?: Members;
}

/** The form that some samples have, together filling every member. */
export function pinOf(samples: readonly unknown[]): Pin {
  const types = new Map<string, Set<string>>();
  const walk = (path: string, value: unknown): void => {
    const own = types.get(path) ?? new Set<string>();
    types.set(path, own.add(typeOf(value)));
    if (Array.isArray(value)) for (const one of value) walk(`${path}[]`, one);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value))
        walk(path === '' ? name : `${path}.${name}`, member);
    }
  };
  for (const sample of samples) walk('', sample);
  const paths = [...types].map(
    ([path, own]) => [path, [...own].toSorted().join(' or ')] as const,
  );
  const members = Object.fromEntries(paths.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { digest: digestBytes(canonicalText(samples)), members };
}

/** What differs between a form and its pin, a line each; none where nothing does. */
export function differences(pin: Pin, now: Pin): readonly string[] {
  const pinned: Members = { ...pin.members, ...pin.later };
  const gone = Object.keys(pinned).filter((path) => !Object.hasOwn(now.members, path));
  const changed = Object.entries(now.members).flatMap(([path, type]) => {
    if (!Object.hasOwn(pinned, path)) return [`${path} is new (${type})`];
    return pinned[path] === type ? [] : [`${path} was ${pinned[path]} and is ${type}`];
  });
  const members = [...gone.map((path) => `${path} is gone`), ...changed];
  if (members.length > 0) return members;
  return pin.digest === now.digest ? [] : ['the same members have another canonical text'];
}

/** The pin with what is only new, as members that came later; throws where anything else is. */
export function withLater(pin: Pin, now: Pin): Pin {
  const pinned: Members = { ...pin.members, ...pin.later };
  const added = Object.entries(now.members).filter(([path]) => !Object.hasOwn(pinned, path));
  const later = { ...pin.later, ...Object.fromEntries(added) };
  const widened = { digest: now.digest, members: pin.members, later };
  const [first] = differences(widened, now);
  if (first !== undefined) throw new Error(`${first}: that takes a new version`);
  return widened;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
