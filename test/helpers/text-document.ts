import type { Document, TextBlock } from '../../src/model/document.js';

/** A document of one block a line, as a text extractor gives it; lines that begin with `~` are page furniture. */
export function textDocument(text: string, properties: Record<string, string> = {}): Document {
  let offset = 0;
  const blocks: TextBlock[] = [];
  for (const line of text.split('\n')) {
    const furniture = line.startsWith('~');
    const start = offset + (furniture ? 1 : 0);
    const shown = furniture ? line.slice(1) : line;
    if (shown.trim() !== '') {
      blocks.push({
        kind: 'paragraph',
        region: furniture ? 'furniture' : 'body',
        text: shown,
        evidence: { kind: 'span', start, end: start + shown.length },
      });
    }
    offset += line.length + 1;
  }
  return { format: 'text', pages: [], blocks, tables: [], properties, diagnostics: [] };
}
