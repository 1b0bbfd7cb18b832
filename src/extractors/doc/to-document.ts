import type { Diagnostic } from '../../model/diagnostic.js';
import type { Document } from '../../model/document.js';
import {
  assembleParagraphs,
  type AssembledParts,
  type MarkedParagraph,
} from '../word-tables/assemble-paragraphs.js';
import { settleStruck } from '../../text/struck.js';
import { readRowDefinition } from './row-definition.js';
import type { Paragraph } from './read-paragraphs.js';
import type { TextBox, WordDocument } from './read-word-document.js';

/** Puts the stories of a Word document in reading order: heads and feet, body with its boxes, notes. */
export function toDocument(word: WordDocument): Document {
  const marker = new Marker(word);
  const parts: AssembledParts = { blocks: [], tables: [] };
  assembleParagraphs(marker.mark(word.headersAndFooters), 0, 'furniture', parts);
  assembleParagraphs(marker.mark(word.body), 0, 'body', parts);
  for (const box of marker.takeBoxesLeft()) assembleParagraphs(box, 0, 'body', parts);
  assembleParagraphs(marker.mark(word.notes), 0, 'body', parts);
  const diagnostics: Diagnostic[] = [...word.diagnostics];
  if (marker.hasLabels) {
    diagnostics.push({ code: 'NUMBERING_RESOLVED', message: 'automatic list numbers were written out' });
  }
  return {
    format: 'doc',
    pages: [{ pageNumber: 1, width: null, height: null }],
    ...parts,
    properties: {},
    diagnostics,
  };
}

/** Writes labels out and hangs boxes on paragraphs; both depend on the order of reading, so stories come in order. */
class Marker {
  hasLabels = false;
  private boxes: readonly TextBox[];

  constructor(private readonly word: WordDocument) {
    this.boxes = word.boxes;
  }

  mark(paragraphs: readonly Paragraph[]): MarkedParagraph[] {
    return joinRunningOn(paragraphs).map((paragraph) => ({
      text: this.labelled(paragraph),
      from: paragraph.from,
      to: paragraph.to,
      ends: paragraph.ends,
      depth: paragraph.depth,
      isHeading: paragraph.isHeading,
      row: paragraph.ends === 'row' ? readRowDefinition(paragraph.modifiers) : null,
      boxes: this.takeBoxesOn(paragraph).map((box) => this.mark(box.paragraphs)),
    }));
  }

  /** Boxes that hang on no paragraph of the body. */
  takeBoxesLeft(): MarkedParagraph[][] {
    const left = this.boxes;
    this.boxes = [];
    return left.map((box) => this.mark(box.paragraphs));
  }

  private takeBoxesOn(paragraph: Paragraph): TextBox[] {
    const isOn = (box: TextBox): boolean =>
      box.anchor !== null && box.anchor >= paragraph.from && box.anchor < paragraph.to;
    const taken = this.boxes.filter(isOn);
    if (taken.length > 0) this.boxes = this.boxes.filter((box) => !isOn(box));
    return taken;
  }

  private labelled(paragraph: Paragraph): string {
    const text = paragraph.text.trim();
    if (!paragraph.list || text === '' || settleStruck(text).isStruck) return text;
    const label = this.word.nextLabel(paragraph.list.override, paragraph.list.level).trim();
    if (label !== '') this.hasLabels = true;
    return label + text;
  }
}

/**
 * Joins a paragraph whose end mark was deleted under revision with the one behind it; drops rows whose end mark was
 * deleted, with their cells: they are gone for the reader too.
 */
function joinRunningOn(paragraphs: readonly Paragraph[]): Paragraph[] {
  const joined: Paragraph[] = [];
  for (const paragraph of paragraphs) {
    const last = joined.at(-1);
    if (last?.runsOn && last.ends === 'paragraph' && last.depth === paragraph.depth) {
      joined[joined.length - 1] = { ...paragraph, from: last.from, text: last.text + paragraph.text };
    } else if (paragraph.ends === 'row' && paragraph.runsOn) {
      while (joined.length > 0 && !isRowBorder(joined.at(-1), paragraph.depth)) joined.pop();
    } else {
      joined.push(paragraph);
    }
  }
  return joined;
}

function isRowBorder(paragraph: Paragraph | undefined, depth: number): boolean {
  return !paragraph || paragraph.depth < depth || (paragraph.depth === depth && paragraph.ends === 'row');
}
