import type { ReportCandidate } from '../model/run.js';

/** Finds the documents that a page's links lead to. */
export type TargetFinder = (page: ReportCandidate) => ReportCandidate[];

/**
 * Prepares the finding of link targets among `candidates`: by address where they were crawled, and by file name in the
 * page's own folder (or below it) where a page was saved with its attachments.
 */
export function targetFinder(candidates: readonly ReportCandidate[]): TargetFinder {
  const byUri = groupBy(candidates, ({ uri }) => (uri === null ? null : normalUri(uri)));
  const byName = groupBy(candidates, ({ path }) => (path === null ? null : fileName(path)));
  return (page) => {
    const found = new Set<ReportCandidate>();
    for (const link of page.links) {
      const crawled = byUri.get(normalUri(link)) ?? [];
      const saved = (byName.get(fileName(link)) ?? []).filter((one) => isBeside(page, one));
      for (const one of crawled.length > 0 ? crawled : saved) if (one.id !== page.id) found.add(one);
    }
    return [...found];
  };
}

/** An address as far as it matters: scheme, fragment, case of the host and escapes left aside. */
function normalUri(uri: string): string {
  try {
    const { host, pathname, search } = new URL(uri);
    return unescaped(`${host}${pathname}${search}`);
  } catch {
    return unescaped(uri);
  }
}

/** The last part of a path or address. */
function fileName(place: string): string {
  return unescaped(place.split(/[?#]/)[0]?.split(/[\\/]/).at(-1) ?? '');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text).normalize('NFC');
  } catch {
    return text;
  }
}

/** Whether a file lies in the folder of a page or below it. */
function isBeside(page: ReportCandidate, file: ReportCandidate): boolean {
  if (page.path === null || file.path === null) return false;
  return folderOf(file.path).startsWith(folderOf(page.path));
}

/** With its last slash; empty for a bare name. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function groupBy(
  candidates: readonly ReportCandidate[],
  keyOf: (candidate: ReportCandidate) => string | null,
): Map<string, ReportCandidate[]> {
  const groups = new Map<string, ReportCandidate[]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    if (key === null || key === '') continue;
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  return groups;
}
