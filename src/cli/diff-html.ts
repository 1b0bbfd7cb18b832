import type { DiffSummary, DocumentDiff } from './diff-batches.js';

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1c1c1c; background: #fff }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ddd; vertical-align: top }
h2 { font-size: 1rem; margin: 0; word-break: break-all } .value { color: #a40000 } .note { color: #595959 }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } th, td { border-color: #444 }
  .value { color: #ff9a8d } .note { color: #b0b0b0 } }`;

/** The page's head; documents and end follow, so that a page of any length is never in memory as a whole. */
export function diffHtmlHead(before: string, after: string): string {
  const title = `${escapeHtml(before)} → ${escapeHtml(after)}`;
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>
<body><h1>${title}</h1>\n`;
}

export function diffHtmlDocument(diff: DocumentDiff): string {
  const rows = diff.changes.map(
    ({ kind, key, what, before, after }) =>
      `<tr class="${what}"><td>${kind} ${escapeHtml(key)}</td><td>${what}</td><td>${escapeHtml(before)}</td><td>${escapeHtml(after)}</td></tr>`,
  );
  const note = `${diff.documentId}, version ${diff.versions[0] ?? 'none'} → ${diff.versions[1] ?? 'none'}`;
  return `<h2>${escapeHtml(diff.source)}</h2><div class="note">${escapeHtml(note)}</div>
<table><tr><th>where</th><th>what</th><th>before</th><th>after</th></tr>${rows.join('\n')}</table>\n`;
}

export function diffHtmlEnd(summary: DiffSummary): string {
  const counts = Object.entries(summary.changes).map(
    ([kind, count]) => `<li>${escapeHtml(kind)}: ${count}</li>`,
  );
  return `<h2>Sums</h2><p>${summary.changedDocuments} of ${summary.documents} documents changed.</p>
<ul>${counts.join('')}</ul></body></html>\n`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
}
