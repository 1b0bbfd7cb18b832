import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FORMATS = { '.pdf': 'pdf', '.docx': 'docx', '.html': 'html', '.txt': 'text' };

/** Prints one result as a line of JSON, with what is needed to compare it with another one. */
export function print(result) {
  console.log(JSON.stringify({ ...result, peak_rss_mb: peakRssMb(), ...circumstances() }));
}

/** Says something to whoever waits; never on standard output. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Documents by format as { path, bytes }: the shared corpus where it is present, the samples otherwise. Scans are left
 * out: their time is that of character recognition.
 */
export function documentsByFormat() {
  const corpus = join(ROOT, '..', 'shared', 'corpus');
  const folder = existsSync(corpus) ? corpus : join(ROOT, 'samples');
  const groups = { pdf: [], docx: [], html: [], text: [] };
  for (const path of filesBelow(folder)) {
    const format = FORMATS[path.slice(path.lastIndexOf('.'))];
    if (!format) continue;
    const bytes = new Uint8Array(readFileSync(path));
    if (format !== 'pdf' || hasFonts(bytes)) groups[format].push({ path, bytes });
  }
  return { set: folder === corpus ? '../shared/corpus' : 'samples', groups };
}

/** The PDFs that are nothing but pictures, and the set they are from. */
export function scannedPdfs() {
  const corpus = join(ROOT, '..', 'shared', 'corpus');
  const files = existsSync(corpus) ? filesBelow(corpus).filter((path) => path.endsWith('.pdf')) : [];
  const scans = files.map((path) => new Uint8Array(readFileSync(path))).filter((bytes) => !hasFonts(bytes));
  return { set: '../shared/corpus', scans };
}

/** The PDFs and how many pages they have. */
export async function textPdfs(processDocument, settings) {
  const { set, groups } = documentsByFormat();
  const pages = [];
  for (const { path, bytes } of groups.pdf) {
    const record = await processDocument(bytes, { path, uri: null, hints: {} }, settings);
    pages.push(record.extraction.pages);
  }
  return { set, documents: groups.pdf, pages: pages.reduce((sum, one) => sum + one, 0) };
}

export function inputOf(path) {
  return { path, uri: null, hints: { name: path.split('/').at(-1) } };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function rounded(number) {
  return Math.round(number * 100) / 100;
}

export function rssMb() {
  return rounded(process.memoryUsage.rss() / 2 ** 20);
}

function peakRssMb() {
  return rounded(process.resourceUsage().maxRSS / 1024);
}

/** A PDF without a font has no text to read. */
function hasFonts(bytes) {
  return Buffer.from(bytes).includes('/Font');
}

function filesBelow(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      // The corpus keeps other questions (general tables, openings) in folders of their own.
      if (statSync(path).isDirectory()) return folder.endsWith('corpus') ? [] : filesBelow(path);
      return [path];
    });
}

let known;
function circumstances() {
  known ??= {
    commit: commit(),
    node: process.version,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memory_mb: Math.round(totalmem() / 2 ** 20),
    },
    at: new Date().toISOString(),
  };
  return known;
}

function commit() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
