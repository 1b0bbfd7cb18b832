import { Tokenizer } from 'htmlparser2';

/** Elements without an end tag: they never hold anything (HTML 13.1.2). */
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont bgsound frame'.split(' '),
);

/** Elements whose start ends an open paragraph (HTML 13.1.2.4). */
const ENDS_PARAGRAPH = (
  'address article aside blockquote button center dd details dir div dl dt fieldset figcaption figure footer form ' +
  'h1 h2 h3 h4 h5 h6 header hr li main menu nav ol pre section table td th ul'
).split(' ');

/** Elements that end where another of their kind begins, unless one of these stands between (HTML 13.1.2.4). */
const ENDS_ITSELF: ReadonlyMap<string, readonly string[]> = new Map([
  ['p', ENDS_PARAGRAPH],
  ['li', ['ul', 'ol', 'table']],
  ['dt', ['dl', 'table']],
  ['dd', ['dl', 'table']],
  ['td', ['table']],
  ['th', ['table']],
  ['tr', ['table']],
  ['tbody', ['table']],
  ['option', ['select']],
]);

/**
 * Elements that parsers open again in every paragraph until they are closed (HTML 13.2.4.3): thousands left open cost
 * time and memory in the square of their number. More than so many open ones are dropped; they only dress text.
 */
const FORMATTING = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '));
const MAX_OPEN_FORMATTING = 50;

interface Open {
  readonly name: string;
  readonly isDropped: boolean;
}

/**
 * The markup without the tags of elements that are nested deeper than `maxDepth` or were left open in masses; their content stays. Browsers do the
 * same at 512; without it the parser needs time in the square of the depth. Returns the same string where nothing is that deep.
 */
export function limitNesting(html: string, maxDepth: number): string {
  const limiter = new NestingLimiter(html, maxDepth);
  const nothing = (): void => undefined;
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      onattribdata: nothing,
      onattribend: nothing,
      onattribentity: nothing,
      onattribname: nothing,
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onprocessinginstruction: nothing,
      ontext: nothing,
      ontextentity: nothing,
      onopentagname: (start, end) => limiter.openTag(start, end),
      onopentagend: (end) => limiter.endOfOpenTag(end),
      onselfclosingtag: (end) => limiter.endOfOpenTag(end),
      onclosetag: (start, end) => limiter.closeTag(start, end),
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return limiter.finish();
}

class NestingLimiter {
  private readonly stack: Open[] = [];
  /** For every name: where its open elements stand in the stack. */
  private readonly places = new Map<string, number[]>();
  private readonly kept: string[] = [];
  private openFormatting = 0;
  private copiedTo = 0;
  private droppedFrom: number | null = null;

  constructor(
    private readonly html: string,
    private readonly maxDepth: number,
  ) {}

  openTag(start: number, end: number): void {
    this.droppedFrom = null;
    const name = this.html.slice(start, end).toLowerCase();
    if (VOID.has(name)) return;
    const boundaries = ENDS_ITSELF.get(name);
    if (boundaries) {
      const last = this.lastPlace(name);
      if (last > Math.max(...boundaries.map((boundary) => this.lastPlace(boundary)))) this.popTo(last);
    }
    const isFormatting = FORMATTING.has(name);
    const isDropped =
      this.stack.length >= this.maxDepth || (isFormatting && this.openFormatting >= MAX_OPEN_FORMATTING);
    if (isFormatting && !isDropped) this.openFormatting++;
    if (isDropped) this.droppedFrom = start - 1;
    this.push({ name, isDropped });
  }

  endOfOpenTag(end: number): void {
    if (this.droppedFrom !== null) this.drop(this.droppedFrom, end + 1);
    this.droppedFrom = null;
  }

  closeTag(start: number, end: number): void {
    const name = this.html.slice(start, end).toLowerCase();
    const place = this.lastPlace(name);
    if (FORMATTING.has(name) && this.openFormatting > 0 && this.stack[place]?.isDropped !== true)
      this.openFormatting--;
    if (place < 0) return;
    if (this.stack[place]?.isDropped === true) {
      const close = this.html.indexOf('>', end);
      this.drop(start - 2, close < 0 ? this.html.length : close + 1);
    }
    this.popTo(place);
  }

  finish(): string {
    if (this.kept.length === 0) return this.html;
    this.kept.push(this.html.slice(this.copiedTo));
    return this.kept.join('');
  }

  private drop(start: number, end: number): void {
    this.kept.push(this.html.slice(this.copiedTo, start));
    this.copiedTo = end;
  }

  private push(element: Open): void {
    const places = this.places.get(element.name);
    if (places) places.push(this.stack.length);
    else this.places.set(element.name, [this.stack.length]);
    this.stack.push(element);
  }

  private popTo(place: number): void {
    while (this.stack.length > place) {
      const element = this.stack.pop();
      if (element) this.places.get(element.name)?.pop();
    }
  }

  private lastPlace(name: string): number {
    return this.places.get(name)?.at(-1) ?? -1;
  }
}
