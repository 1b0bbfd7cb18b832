import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const LONGEST_FILE = 400;

/**
 * Which folder of src may import which (docs/architecture.md explains it). Everybody may import its own folder,
 * `model`, `errors` and `text`; files that stand in src itself count as a folder by their own name.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  errors: [],
  text: [],
  concurrency: [],
  config: [],
  tables: [],
  forms: [],
  normalize: ['forms'],
  checks: ['forms'],
  confidence: ['forms', 'normalize'],
  review: ['forms', 'checks'],
  reports: [],
  exports: ['forms', 'ports', 'review', 'reports'],
  evaluation: ['forms'],
  extractors: ['tables', 'ocr', 'concurrency'],
  ocr: ['tables'],
  converter: [],
  pipeline: ['extractors', 'converter', 'tables', 'forms', 'normalize', 'checks', 'confidence', 'ocr'],
  pool: ['pipeline', 'extractors', 'ocr'],
  ports: [],
  store: ['ports', 'config', 'review', 'reports'],
  queue: ['ports', 'config'],
  archives: ['ports'],
  observability: ['ports'],
  workers: ['*', '!api', '!cli'],
  api: ['*', '!workers', '!cli'],
  // `gongkai serve` starts the API.
  cli: ['*'],
};
const FOR_EVERYBODY = ['model', 'errors', 'text'];
/** These hold types and tables only and stand below everything else. */
const FOUNDATIONS = ['model', 'errors'];

/** Folders of src/extractors that read one format each; its other folders hold what several formats share. */
const FORMATS = ['pdf', 'docx', 'html', 'text', 'doc', 'image', 'sheet', 'rtf', 'ofd', 'odt', 'mhtml'];

/** Libraries and globals that only the named places may touch; a place is a folder or a file of src. */
const CONFINED: Readonly<Record<string, readonly string[]>> = {
  bullmq: ['queue', 'workers', 'api'],
  ioredis: ['queue', 'workers', 'api'],
  fastify: ['api'],
  '@fastify': ['api'],
  '@bull-board': ['api'],
  'fastify-type-provider-zod': ['api'],
  kysely: ['store'],
  pg: ['store'],
  libsql: ['store'],
  commander: ['cli'],
  'cli-progress': ['cli'],
  piscina: ['pool'],
  htmlparser2: ['extractors/markup'],
  'pdfjs-dist': ['extractors/pdf'],
  '@embedpdf/pdfium': ['extractors/pdf'],
  cheerio: ['extractors/markup'],
  'onnxruntime-node': ['ocr'],
  '@duckdb/node-api': ['exports'],
  'prom-client': ['observability', 'api'],
  aws4fetch: ['store'],
  warcio: ['archives'],
  'tar-stream': ['archives'],
};

interface SourceFile {
  /** Path below src with forward slashes. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

interface Import {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
  /** Path below src of the imported file, null for packages. */
  readonly target: string | null;
}

const files = readSources(join(ROOT, 'src'));
const byPath = new Map(files.map((file) => [file.path, file]));

describe('architecture', () => {
  test('every folder of src stands in the import table', () => {
    const unknown = new Set(files.map((file) => file.folder).filter((folder) => !(folder in ALLOWED)));
    expect([...unknown]).toEqual([]);
  });

  test('docs/architecture.md names every folder of src', () => {
    const page = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
    const folders = new Set(files.filter((file) => file.path.includes('/')).map((file) => file.folder));
    expect([...folders].filter((folder) => !page.includes(`\`${folder}`))).toEqual([]);
  });

  test('imports follow the table', () => {
    const offences = files.flatMap((file) =>
      file.imports
        .filter((one) => one.target !== null && !mayImport(file.folder, folderOf(one.target)))
        .map((one) => `${file.path} imports ${one.specifier}`),
    );
    expect(offences).toEqual([]);
  });

  test('no extractor imports that of another format; what several share stands in a folder of its own', () => {
    const offences = files.flatMap((file) => {
      const own = formatOf(file.path);
      // The registry stands in extractors/ itself and lists them all.
      if (own === null && !/^extractors\/.+\//.test(file.path)) return [];
      return file.imports
        .map((one) => ({
          specifier: one.specifier,
          format: one.target === null ? null : formatOf(one.target),
        }))
        .filter(({ format }) => format !== null && format !== own)
        .map(({ specifier }) => `${file.path} imports ${specifier}`);
    });
    expect(offences).toEqual([]);
  });

  test('confined libraries are imported in their places only', () => {
    const offences = files.flatMap((file) =>
      file.imports
        .filter((one) => one.target === null && !isAllowedPackage(file.path, one.specifier))
        .map((one) => `${file.path} imports ${one.specifier}`),
    );
    expect(offences).toEqual([]);
  });

  test('there is no runtime import cycle', () => {
    expect(findCycle()).toBeNull();
  });

  test('the environment is read in config.ts only, and the process ended in entry files only', () => {
    // The one variable that is set is meant for a library, which takes no other way.
    const ofEnvironment = ['config.ts', 'ocr/refuse-telemetry.ts'];
    const offences = files.flatMap((file) => [
      ...uses(file, /\bprocess\.env\b/, ofEnvironment.includes(file.path)),
      ...uses(file, /\bprocess\.exit\(/, /(^|\/)(main|server)\.ts$/.test(file.path)),
    ]);
    expect(offences).toEqual([]);
  });

  test('pure folders touch neither files, network, processes nor the clock', () => {
    const pure = [
      'model',
      'errors',
      'text',
      'tables',
      'forms',
      'normalize',
      'checks',
      'confidence',
      'review',
      'reports',
      'evaluation',
    ];
    const outside = /^node:(fs|net|http|https|child_process|worker_threads|dns|os)(\/|$)/;
    const offences = files
      .filter((file) => pure.includes(file.folder))
      .flatMap((file) => [
        ...file.imports
          .filter((one) => outside.test(one.specifier))
          .map((one) => `${file.path} imports ${one.specifier}`),
        ...uses(file, /\b(Date\.now|Math\.random|performance\.now|new Date)\(\)/, false),
      ]);
    expect(offences).toEqual([]);
  });

  test(`no file is longer than ${LONGEST_FILE} lines`, () => {
    const long = files
      .filter((file) => file.text.split('\n').length > LONGEST_FILE + 1)
      .map((file) => file.path);
    expect(long).toEqual([]);
  });

  test('no lint or type check is switched off', () => {
    const offences = files.flatMap((file) =>
      uses(file, /eslint-disable|@ts-(ignore|expect-error|nocheck)/, false),
    );
    expect(offences).toEqual([]);
  });
});

function readSources(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => name.split(sep).join('/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, folder: folderOf(path), text, imports: importsOf(path, text) };
    });
}

/** The import and export declarations of a file, and its dynamic imports of a fixed name. */
function importsOf(path: string, text: string): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: Import[] = [];
  const add = (specifier: string, isTypeOnly: boolean): void => {
    const target = specifier.startsWith('.') ? resolveImport(path, specifier) : null;
    found.push({ specifier, isTypeOnly, target });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, isTypeOnlyImport(node));
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteral(name)) add(name.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Erased by the compiler: the declaration says so, or each of its names does. */
function isTypeOnlyImport(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  if (clause.name || !names || !ts.isNamedImports(names)) return false;
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

function resolveImport(from: string, specifier: string): string {
  const resolved = relative(ROOT, join(ROOT, dirname(from), specifier))
    .split(sep)
    .join('/');
  return resolved.replace(/\.js$/, '.ts');
}

function folderOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? path) : path.replace(/\.ts$/, '');
}

function formatOf(path: string): string | null {
  const folder = /^extractors\/([^/]+)\//.exec(path)?.[1];
  return folder !== undefined && FORMATS.includes(folder) ? folder : null;
}

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  if (FOR_EVERYBODY.includes(to)) return !FOUNDATIONS.includes(from) || FOUNDATIONS.includes(to);
  const allowed = ALLOWED[from] ?? [];
  return allowed.includes(to) || (allowed.includes('*') && !allowed.includes(`!${to}`));
}

function isAllowedPackage(path: string, specifier: string): boolean {
  const name = Object.keys(CONFINED).find((one) => specifier === one || specifier.startsWith(`${one}/`));
  if (name === undefined) return true;
  return (CONFINED[name] ?? []).some((place) => path === place || path.startsWith(`${place}/`));
}

function uses(file: SourceFile, pattern: RegExp, isAllowed: boolean): string[] {
  const code = file.text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '');
  // What switches a check off is itself a comment.
  const searched = pattern.source.includes('disable') ? file.text : code;
  return !isAllowed && pattern.test(searched) ? [`${file.path} uses ${pattern.source}`] : [];
}

/** The first cycle among imports that exist at run time, as the paths on it; null where there is none. */
function findCycle(): string[] | null {
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (finished.has(path)) return null;
    const next = byPath.get(path)?.imports.filter((one) => !one.isTypeOnly) ?? [];
    for (const { target } of next) {
      const cycle = target === null ? null : visit(target, [...trail, path]);
      if (cycle) return cycle;
    }
    finished.add(path);
    return null;
  };
  for (const file of files) {
    const cycle = visit(file.path, []);
    if (cycle) return cycle;
  }
  return null;
}
