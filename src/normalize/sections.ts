import type { Document } from '../model/document.js';
import type { Section, SectionKind } from '../model/record.js';
import { readHeading } from './section-headings.js';
import { readLines, type Line } from './meta/lines.js';

/** Page numbers that a converter left between paragraphs. */
const PAGE_NUMBER = /^[-—–\s]*\d{1,3}[-—–\s]*$|^第\s*\d+\s*页/;

/** Longer documents are no reports; what comes after this many lines is not cut into sections. */
const READ_LIMITS = { head: 30_000, tail: 0, lineLength: Infinity };

/** How deep a section may hold headings of the same kind as parts of itself (（二）下一步措施 under 五). */
interface Open {
  readonly kind: SectionKind;
  readonly heading: string;
  readonly lines: string[];
}

/**
 * The report's sections in order, each with its text; tables are left out, and so is what stands before the first
 * heading. A report without any heading gives one section of kind `unknown` with an empty heading.
 */
export function readSections(document: Document): Section[] {
  const lines = readLines(document, READ_LIMITS).filter(isOwnText);
  const sections: Open[] = [];
  lines.forEach((line, index) => {
    const heading = index === 0 ? null : readHeading(line.text, line.kind === 'heading');
    const open = sections.at(-1);
    if (heading && !isTitle(line.text)) {
      // 「附件：…统计表」 only announces the table that follows under its own head.
      if (open?.kind === 'statistics' && heading.kind === 'statistics' && open.lines.length === 0)
        sections.pop();
      sections.push({ kind: heading.kind, heading: line.text, lines: [] });
    } else {
      open?.lines.push(line.text);
    }
  });
  const found = sections.length > 0 ? sections : wholeText(lines);
  return found.map(({ kind, heading, lines: text }) => ({ kind, heading, text: text.join('\n') }));
}

function isOwnText(line: Line): boolean {
  return line.region === 'body' && line.kind !== 'table' && !PAGE_NUMBER.test(line.text);
}

/** The report's own title is styled as a heading too, and ends as no section does. */
function isTitle(text: string): boolean {
  return /(?:报告|年报)$/.test(text.replace(/\s/g, ''));
}

function wholeText(lines: readonly Line[]): Open[] {
  if (lines.length === 0) return [];
  return [{ kind: 'unknown', heading: '', lines: lines.map((line) => line.text) }];
}
