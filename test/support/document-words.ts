/** A command of ours as a document writes it. */
export interface NamedCommand {
  readonly words: readonly string[];
  readonly options: readonly string[];
}

const FOLDERS =
  'src|rules|seeds|scripts|test|bench|migrations|engines|docs|simulators|console|\\.ci';
const PATH = new RegExp(`(?<![\\w./<>-])(?:${FOLDERS})/[\\w./<>*-]+`, 'g');
const TOP_FILE = /`([A-Za-z][\w.-]*\.(?:md|json|mjs|graphql)|\.[a-z][\w.-]*\.mjs)`/g;
const LINK = /\]\(([^)\s]+)\)/g;
/** Files that a reader is asked to write. */
const READERS_OWN = ['best.graphql', 'mapping.json'];
/** Commands that have commands of their own. */
const GROUPS = ['mapping', 'rules', 'release', 'forest'];

/** Every path of the checkout that a document names, once; patterns and addresses are none. */
export function namedPaths(text: string): readonly string[] {
  const local = text.replaceAll(/https?:\/\/[^\s)`]+/g, '');
  const found = [
    ...[...local.matchAll(PATH)].map(([path]) => path),
    ...[...local.matchAll(TOP_FILE)].map(([, path]) => path ?? ''),
    ...[...local.matchAll(LINK)].map(([, path]) => (path ?? '').replace(/#.*$/, '')),
  ];
  const paths = found.map((path) => path.replace(/[.:]+$/, ''));
  const isPath = (path: string) => path !== '' && !/[<>*]/.test(path);
  return [...new Set(paths.filter((path) => isPath(path) && !READERS_OWN.includes(path)))];
}

/** The scripts of package.json that a document runs. */
export function namedScripts(text: string): readonly string[] {
  const run = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)];
  const short = [...text.matchAll(/\bnpm (start|test)\b/g)];
  return [...new Set([...run, ...short].map(([, name]) => name ?? ''))];
}

/** The commands of ours that a document runs, each once with its options. */
export function namedCommands(text: string): readonly NamedCommand[] {
  const found = [...text.matchAll(/\bnpx nextbest ([a-z][^\n`|&)]*)/g)].map(([, line]) => {
    const [first = '', second = '', ...others] = (line ?? '').trim().split(/\s+/);
    const words = GROUPS.includes(first) ? [first, second] : [first];
    const options = [second, ...others].filter((word) => word.startsWith('--'));
    return { words, options };
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** The code blocks of one language. */
export function codeBlocks(text: string, language: string): readonly string[] {
  const blocks = text.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm);
  return [...blocks].filter(([, name]) => name === language).map(([, , code]) => code ?? '');
}
