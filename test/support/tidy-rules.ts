import ts from 'typescript';

/** A file of ours: its path from the root, with slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const FILE_LIMIT = 300;
const FUNCTION_LIMIT = 60;
const LINE_LIMIT = 100;
const PARAMETER_LIMIT = 3;
const BANNED_WORDS = ['util', 'utils', 'helper', 'helpers', 'manager', 'impl'];

// Put together from parts, so that these rules do not find themselves.
const MARKERS = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['XX', 'X'],
  ['HA', 'CK'],
].map((p) => p.join(''));
const MARKER = new RegExp(`\\b(${MARKERS.join('|')})\\b|\\b(test|describe|it)\\.(only|todo)\\(`);
const MACHINE_PATH = new RegExp(
  [
    '/wo' + 'rk/',
    '/ro' + 'ot/',
    '/ho' + 'me/\\w',
    '/Us' + 'ers/\\w',
    'registry\\.npm' + 'js',
  ].join('|'),
);

/** What is untidy about a file of any kind. */
export function textFindings({ path, text }: Source): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const at = `${path}:${index + 1}`;
    return [
      ...(MARKER.test(line) ? [`${at}: a leftover marker: finish it or file it`] : []),
      ...(MACHINE_PATH.test(line) ? [`${at}: a path or host of one machine`] : []),
    ];
  });
}

/** What is untidy about a source file. */
export function sourceFindings(source: Source): readonly string[] {
  return [
    ...sizeFindings(source),
    ...nameFindings(source),
    ...functionFindings(source),
    ...docFindings(source),
  ];
}

/** A migration is one step of history, however long. */
function sizeFindings({ path, text }: Source): readonly string[] {
  const lines = text.trimEnd().split('\n');
  const limited = !path.startsWith('migrations/');
  return [
    ...(limited && lines.length > FILE_LIMIT
      ? [`${path}: ${lines.length} lines, ${FILE_LIMIT} at most: split it`]
      : []),
    ...lines.flatMap((line, index) =>
      [...line].length < LINE_LIMIT
        ? []
        : [`${path}:${index + 1}: ${[...line].length} characters, fewer than ${LINE_LIMIT}`],
    ),
  ];
}

function nameFindings(source: Source): readonly string[] {
  const fileName = source.path.split('/').at(-1) ?? '';
  const inFile = bannedWord(fileName);
  const found = inFile === undefined ? [] : [`${source.path}: \`${inFile}\` says nothing`];
  walk(parse(source), (node) => {
    if (!isDeclaration(node) || node.name === undefined || !ts.isIdentifier(node.name)) return;
    const word = bannedWord(node.name.text);
    if (word !== undefined) found.push(`${place(source, node)}: \`${word}\` says nothing`);
  });
  return found;
}

function isDeclaration(node: ts.Node): node is ts.NamedDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isVariableDeclaration(node)
  );
}

function bannedWord(name: string): string | undefined {
  const words = name.split(/[^A-Za-z]|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
  return BANNED_WORDS.find((banned) => words.includes(banned));
}

function functionFindings(source: Source): readonly string[] {
  const found: string[] = [];
  const file = parse(source);
  walk(file, (node) => {
    if (!isFunction(node)) return;
    const parameters = node.parameters.filter(({ name }) => name.getText(file) !== 'this').length;
    if (parameters > PARAMETER_LIMIT && !isForeignCallback(node)) {
      found.push(`${place(source, node)}: ${parameters} parameters, ${PARAMETER_LIMIT} at most`);
    }
    const lines = lineOf(file, node.end) - lineOf(file, node.getStart(file)) + 1;
    if (lines > FUNCTION_LIMIT && !isSuite(node) && !isTable(node)) {
      found.push(
        `${place(source, node)}: a function of ${lines} lines, ${FUNCTION_LIMIT} at most`,
      );
    }
  });
  return found;
}

function isFunction(node: ts.Node): node is ts.SignatureDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node)
  );
}

/** Resolvers and other callbacks take what their caller gives. */
function isForeignCallback(node: ts.Node): boolean {
  return ts.isArrowFunction(node) && !ts.isVariableDeclaration(node.parent);
}

/** The body of a suite, and of a function that declares one, is a list of tests. */
function isSuite(node: ts.SignatureDeclaration): boolean {
  if (isCallOf(node.parent, /^describe/)) return true;
  const body = 'body' in node ? node.body : undefined;
  if (body === undefined || !ts.isBlock(body)) return false;
  return body.statements.some(
    (statement) =>
      ts.isExpressionStatement(statement) && isCallOf(statement.expression, /^(describe|test)\b/),
  );
}

/** A function that does nothing but return a literal, after naming a part of it, is a table. */
function isTable(node: ts.SignatureDeclaration): boolean {
  const body = 'body' in node ? node.body : undefined;
  if (body === undefined || !ts.isBlock(body)) return false;
  const last = body.statements.at(-1);
  if (last === undefined || !ts.isReturnStatement(last) || last.expression === undefined) {
    return false;
  }
  return body.statements.length <= 2 && ts.isObjectLiteralExpression(last.expression);
}

/** What `src` exports is told in a docstring; tests and what is generated are read otherwise. */
function docFindings(source: Source): readonly string[] {
  if (!/^src\/(?!.*(\.test\.ts$|\/generated\/))/.test(source.path)) return [];
  const { statements } = parse(source);
  return statements
    .filter((statement, i) => isExported(statement) && !isTold(statements, i))
    .map((bare) => `${place(source, bare)}: an export without a docstring: say what it is`);
}

function isExported(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** By its own docstring, by what it is taken from, or by that of the list it is a constant of. */
function isTold(statements: readonly ts.Statement[], i: number): boolean {
  const [before, node] = [statements[i - 1], statements[i]];
  if (node === undefined) return false;
  if (ts.getJSDocCommentsAndTags(node).length > 0 || isTakenFromAnother(node)) return true;
  const isListed =
    before !== undefined && [before, node].every((one) => ts.isVariableStatement(one));
  return isListed && !/\n\s*\n/.test(leadingText(node)) && isTold(statements, i - 1);
}

/** A type such as `(typeof ROLES)[number]` or `keyof BankRecords`. */
function isTakenFromAnother(node: ts.Statement): boolean {
  if (!ts.isTypeAliasDeclaration(node)) return false;
  const { type } = node;
  const taken = ts.isIndexedAccessTypeNode(type) ? type.objectType : type;
  const plain = ts.isParenthesizedTypeNode(taken) ? taken.type : taken;
  if (ts.isTypeOperatorNode(plain)) return plain.operator === ts.SyntaxKind.KeyOfKeyword;
  return ts.isTypeQueryNode(plain);
}

function leadingText(node: ts.Node): string {
  return node.getFullText().slice(0, node.getLeadingTriviaWidth());
}

function isCallOf(node: ts.Node, name: RegExp): boolean {
  return ts.isCallExpression(node) && name.test(node.expression.getText());
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function parse({ path, text }: Source): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
}

function place(source: Source, node: ts.Node): string {
  const file = node.getSourceFile();
  return `${source.path}:${lineOf(file, node.getStart(file))}`;
}

function lineOf(file: ts.SourceFile, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line + 1;
}
