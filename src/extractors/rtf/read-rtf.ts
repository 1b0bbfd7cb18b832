import type { CellDefinition, MarkedParagraph } from '../word-tables/assemble-paragraphs.js';
import { raise } from '../../text/raised.js';
import { strike } from '../../text/struck.js';
import { decodeBytes } from './decode-bytes.js';
import { DESTINATIONS, type Destination } from './destinations.js';
import { readTokens, type RtfToken } from './tokens.js';

/** The paragraphs of an RTF file: its body, and what stands at the head and foot of its pages. */
export interface RtfContent {
  readonly body: readonly MarkedParagraph[];
  readonly headersAndFooters: readonly MarkedParagraph[];
  readonly hasHiddenText: boolean;
  /** True where groups were still open at the end, so that the file is cut off. */
  readonly isCutOff: boolean;
}

/** What a group inherits from the one around it and forgets at its end. */
interface GroupState {
  destination: Destination;
  isHidden: boolean;
  isDeleted: boolean;
  isRaised: boolean;
  isStruck: boolean;
  font: number;
  /** How many fallback characters follow a `\u`. */
  unicodeSkip: number;
}

/** Paragraph properties; they hold until `\pard`. */
interface ParagraphState {
  isInTable: boolean;
  depth: number;
  outlineLevel: number | null;
}

interface RowState {
  cells: CellDefinition[];
  left: number;
  vertical: CellDefinition['vertical'];
  horizontal: number;
}

const MERGE_FIRST = 1;
const MERGE_NEXT = 2;
const DEEPEST_TABLE = 20;
const DEEPEST_GROUP = 5_000;

/** Reads RTF into paragraphs. Never throws: what is not understood is passed over, as the specification asks. */
export function readRtf(bytes: Uint8Array, maxCharacters: number): RtfContent {
  const reader = new RtfReader(maxCharacters);
  for (const token of readTokens(bytes)) {
    reader.take(token);
    if (reader.isFull) break;
  }
  return reader.finish();
}

/** Destinations whose text is read. */
type Region = 'body' | 'furniture' | 'note';

function isRegion(destination: Destination): destination is Region {
  return destination === 'body' || destination === 'furniture' || destination === 'note';
}

class RtfReader {
  private state: GroupState = {
    destination: 'body',
    isHidden: false,
    isDeleted: false,
    isRaised: false,
    isStruck: false,
    font: 0,
    unicodeSkip: 1,
  };
  private readonly stack: GroupState[] = [];
  private paragraph: ParagraphState = { isInTable: false, depth: 0, outlineLevel: null };
  private row: RowState = emptyRow();
  private nestedRow: RowState = emptyRow();
  private readonly charsets = new Map<number, number>();
  private codePage = 1252;
  private defaultFont = 0;
  private pending: number[] = [];
  private text = { body: '', furniture: '', note: '' };
  private from = 0;
  private position = 0;
  private toSkip = 0;
  private isStarred = false;
  private hasHiddenText = false;
  private readonly out: Record<Region, MarkedParagraph[]> = { body: [], furniture: [], note: [] };

  constructor(private readonly maxCharacters: number) {}

  get isFull(): boolean {
    return this.position > this.maxCharacters;
  }

  take(token: RtfToken): void {
    if (token.kind === 'bytes') {
      if (this.toSkip > 0) this.toSkip--;
      else this.pending.push(...token.bytes);
      return;
    }
    this.flush();
    if (token.kind === 'open') this.openGroup();
    else if (token.kind === 'close') this.closeGroup();
    else if (token.kind === 'symbol') this.takeSymbol(token.character);
    else this.takeWord(token.name, token.parameter);
  }

  finish(): RtfContent {
    this.flush();
    if (this.text.body.trim() !== '') this.endParagraph('paragraph', this.depth());
    return {
      body: [...this.out.body, ...this.out.note],
      headersAndFooters: this.out.furniture,
      hasHiddenText: this.hasHiddenText,
      isCutOff: this.stack.length > 0,
    };
  }

  private openGroup(): void {
    this.toSkip = 0;
    if (this.stack.length < DEEPEST_GROUP) this.stack.push({ ...this.state });
  }

  private closeGroup(): void {
    this.toSkip = 0;
    this.isStarred = false;
    const { destination } = this.state;
    const isAside = destination === 'furniture' || destination === 'note';
    if (isAside && this.stack.at(-1)?.destination !== destination) this.endParagraph('paragraph', 0);
    this.state = this.stack.pop() ?? this.state;
  }

  private takeSymbol(character: string): void {
    if (character === '*') this.isStarred = true;
    else if (this.toSkip > 0) this.toSkip--;
    else if (character === '~') this.write(' ');
    else if (character === '_') this.write('-');
    else if (character === '\\' || character === '{' || character === '}') this.write(character);
    else if (character === '\n' || character === '\r') this.endParagraph('paragraph', this.depth());
  }

  private takeWord(name: string, parameter: number | null): void {
    const destination = DESTINATIONS.get(name) ?? (this.isStarred ? 'skipped' : undefined);
    this.isStarred = false;
    if (destination !== undefined && this.state.destination !== 'skipped') {
      this.state.destination = destination === 'inherited' ? this.state.destination : destination;
      if (destination === 'note') this.state.isRaised = false;
      return;
    }
    if (this.state.destination === 'fonts') {
      this.takeFontWord(name, parameter);
      return;
    }
    if (name === 'u') {
      this.write(String.fromCharCode(((parameter ?? 0) + 0x10000) & 0xffff));
      this.toSkip = this.state.unicodeSkip;
      return;
    }
    const character = CHARACTERS[name];
    if (character !== undefined) this.write(character);
    else WORDS[name]?.(this.access, parameter);
  }

  private takeFontWord(name: string, parameter: number | null): void {
    if (name === 'f') this.state.font = parameter ?? 0;
    if (name === 'fcharset') this.charsets.set(this.state.font, parameter ?? 0);
  }

  /** Turns the bytes collected so far into text, under the font they stand in. */
  private flush(): void {
    if (this.pending.length === 0) return;
    const bytes = this.pending;
    this.pending = [];
    if (isRegion(this.state.destination)) {
      this.write(decodeBytes(bytes, this.charsets.get(this.state.font) ?? null, this.codePage));
    }
  }

  private write(text: string): void {
    const { destination, isHidden, isDeleted, isRaised, isStruck } = this.state;
    if (!isRegion(destination)) return;
    if (isHidden && text.trim() !== '') this.hasHiddenText = true;
    if (isHidden || isDeleted) return;
    const raised = isRaised ? raise(text) : text;
    this.text[destination] += isStruck ? strike(raised) : raised;
    this.position += text.length;
  }

  private depth(): number {
    if (this.state.destination === 'note') return 0;
    return this.paragraph.isInTable ? Math.max(1, this.paragraph.depth) : 0;
  }

  private endParagraph(ends: MarkedParagraph['ends'], depth: number, row: RowState | null = null): void {
    const { destination } = this.state;
    if (destination === 'skipped' || destination === 'fonts') return;
    const region = isRegion(destination) ? destination : 'body';
    this.out[region].push({
      text: this.text[region],
      from: this.from,
      to: this.position,
      ends,
      depth,
      isHeading: this.paragraph.outlineLevel !== null,
      row: row ? [...row.cells] : null,
      boxes: [],
    });
    this.text[region] = '';
    this.from = this.position;
  }

  /** What the handlers of control words may do. */
  private readonly access: RtfAccess = {
    setCodePage: (page) => (this.codePage = page),
    setDefaultFont: (font) => (this.defaultFont = this.state.font = font),
    setFont: (font) => (this.state.font = font),
    setUnicodeSkip: (count) => (this.state.unicodeSkip = count),
    setHidden: (isHidden) => (this.state.isHidden = isHidden),
    setDeleted: (isDeleted) => (this.state.isDeleted = isDeleted),
    setRaised: (isRaised) => (this.state.isRaised = isRaised),
    setStruck: (isStruck) => (this.state.isStruck = isStruck),
    resetCharacters: () => {
      this.state.isHidden = false;
      this.state.isDeleted = false;
      this.state.isRaised = false;
      this.state.isStruck = false;
      this.state.font = this.defaultFont;
    },
    resetParagraph: () => (this.paragraph = { isInTable: false, depth: 0, outlineLevel: null }),
    setInTable: () => (this.paragraph.isInTable = true),
    setDepth: (depth) => {
      this.paragraph.depth = Math.min(DEEPEST_TABLE, depth);
      if (depth > 0) this.paragraph.isInTable = true;
    },
    setOutlineLevel: (level) => (this.paragraph.outlineLevel = level),
    endParagraph: () => this.endParagraph('paragraph', this.depth()),
    endCell: () => this.endParagraph('cell', 1),
    endRow: () => this.endParagraph('row', 1, this.row),
    endNestedCell: () => this.endParagraph('cell', Math.max(2, this.depth())),
    endNestedRow: () => this.endParagraph('row', Math.max(2, this.depth()), this.nestedRow),
    changeRow: (change) => {
      if (this.state.destination === 'nested-row') this.nestedRow = change(this.nestedRow);
      else this.row = change(this.row);
    },
    leaveNestedRow: () => {
      if (this.state.destination === 'nested-row') this.state.destination = 'body';
    },
  };
}

interface RtfAccess {
  readonly setCodePage: (page: number) => void;
  readonly setDefaultFont: (font: number) => void;
  readonly setFont: (font: number) => void;
  readonly setUnicodeSkip: (count: number) => void;
  readonly setHidden: (isHidden: boolean) => void;
  readonly setDeleted: (isDeleted: boolean) => void;
  readonly setRaised: (isRaised: boolean) => void;
  readonly setStruck: (isStruck: boolean) => void;
  readonly resetCharacters: () => void;
  readonly resetParagraph: () => void;
  readonly setInTable: () => void;
  readonly setDepth: (depth: number) => void;
  readonly setOutlineLevel: (level: number) => void;
  readonly endParagraph: () => void;
  readonly endCell: () => void;
  readonly endRow: () => void;
  readonly endNestedCell: () => void;
  readonly endNestedRow: () => void;
  readonly changeRow: (change: (row: RowState) => RowState) => void;
  readonly leaveNestedRow: () => void;
}

function emptyRow(): RowState {
  return { cells: [], left: 0, vertical: 'none', horizontal: 0 };
}

/** `\cellx`: the right edge of a cell in twips; the flags before it are the cell's. */
function addCell(row: RowState, right: number): RowState {
  const cell = { left: row.left, right, vertical: row.vertical, horizontal: row.horizontal };
  return { cells: [...row.cells, cell], left: right, vertical: 'none', horizontal: 0 };
}

const CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
};

/** A toggle's parameter: absent or anything but 0 turns it on. */
const isOn = (parameter: number | null): boolean => parameter !== 0;

const WORDS: Readonly<Record<string, (rtf: RtfAccess, parameter: number | null) => void>> = {
  ansicpg: (rtf, page) => rtf.setCodePage(page ?? 1252),
  deff: (rtf, font) => rtf.setDefaultFont(font ?? 0),
  f: (rtf, font) => rtf.setFont(font ?? 0),
  uc: (rtf, count) => rtf.setUnicodeSkip(count ?? 1),
  v: (rtf, value) => rtf.setHidden(isOn(value)),
  deleted: (rtf, value) => rtf.setDeleted(isOn(value)),
  super: (rtf, value) => rtf.setRaised(isOn(value)),
  strike: (rtf, value) => rtf.setStruck(isOn(value)),
  striked: (rtf, value) => rtf.setStruck(isOn(value)),
  nosupersub: (rtf) => rtf.setRaised(false),
  sub: (rtf) => rtf.setRaised(false),
  plain: (rtf) => rtf.resetCharacters(),
  pard: (rtf) => rtf.resetParagraph(),
  intbl: (rtf) => rtf.setInTable(),
  itap: (rtf, depth) => rtf.setDepth(depth ?? 1),
  outlinelevel: (rtf, level) => rtf.setOutlineLevel(level ?? 0),
  par: (rtf) => rtf.endParagraph(),
  page: (rtf) => rtf.endParagraph(),
  sect: (rtf) => rtf.endParagraph(),
  cell: (rtf) => rtf.endCell(),
  row: (rtf) => rtf.endRow(),
  nestcell: (rtf) => rtf.endNestedCell(),
  nestrow: (rtf) => {
    rtf.leaveNestedRow();
    rtf.endNestedRow();
  },
  trowd: (rtf) => rtf.changeRow(emptyRow),
  trleft: (rtf, left) =>
    rtf.changeRow((row) => ({ ...row, left: row.cells.length === 0 ? (left ?? 0) : row.left })),
  clmgf: (rtf) => rtf.changeRow((row) => ({ ...row, horizontal: MERGE_FIRST })),
  clmrg: (rtf) => rtf.changeRow((row) => ({ ...row, horizontal: MERGE_NEXT })),
  clvmgf: (rtf) => rtf.changeRow((row) => ({ ...row, vertical: 'start' })),
  clvmrg: (rtf) => rtf.changeRow((row) => ({ ...row, vertical: 'continue' })),
  cellx: (rtf, right) => rtf.changeRow((row) => addCell(row, right ?? row.left)),
};
