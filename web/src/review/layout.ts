import type {
  AcrossTable,
  DownTable,
  FormBlock,
  FormDefinition,
  FormTable,
} from '../../../src/forms/form.js';

/** A printed table of the official form, ready to be drawn: head rows, then body rows of one label and value cells. */
export interface Sheet {
  readonly id: FormTable['id'];
  readonly parts: readonly SheetPart[];
}

/** Rows that stand under the same heads. */
export interface SheetPart {
  /** Printed over the heads, such as 第二十条第（一）项. */
  readonly caption: string | null;
  readonly heads: readonly (readonly Head[])[];
  readonly rows: readonly SheetRow[];
  readonly columnCount: number;
}

export interface Head {
  readonly label: string;
  readonly columnSpan: number;
  readonly rowSpan: number;
}

/** `keys` is empty for rows that only head others; `level` is how far the label is set in. */
export interface SheetRow {
  readonly label: string;
  readonly level: number;
  readonly keys: readonly string[];
  readonly columns: readonly string[];
}

/** What people call a field: its row and column on the form. */
export interface FieldName {
  readonly table: FormTable['id'];
  readonly row: string;
  readonly column: string;
}

/** Heads over several columns that the official tables print and the form's data leaves out. */
const SHARED_HEADS: readonly { readonly label: string; readonly keys: readonly string[] }[] = [
  {
    label: '法人或其他组织',
    keys: ['enterprise', 'research', 'social_org', 'legal_service', 'other_org'],
  },
];

/** The sheets of a form in printed order. */
export function sheetsOf(form: FormDefinition): Sheet[] {
  return form.tables.map((table) => ({
    id: table.id,
    parts: table.arrangement === 'down' ? downParts(table) : acrossParts(table),
  }));
}

/** The field keys of a sheet, row by row: the grid that the arrow keys walk on. */
export function gridOf(sheet: Sheet): string[][] {
  return sheet.parts.flatMap((part) =>
    part.rows.filter((row) => row.keys.length > 0).map((row) => [...row.keys]),
  );
}

/** Row and column of every field of the form. */
export function namesOf(sheets: readonly Sheet[]): ReadonlyMap<string, FieldName> {
  const names = new Map<string, FieldName>();
  for (const sheet of sheets) {
    for (const row of sheet.parts.flatMap((part) => part.rows)) {
      row.keys.forEach((key, index) =>
        names.set(key, { table: sheet.id, row: row.label, column: row.columns[index] ?? '' }),
      );
    }
  }
  return names;
}

function downParts(table: DownTable): SheetPart[] {
  return table.blocks.map((block) => ({
    caption: block.rows[0]?.kind === 'caption' ? (block.rows[0].labels[0] ?? null) : null,
    heads: downHeads(block),
    columnCount: block.columns.length,
    rows: block.rows.slice(block.rows[0]?.kind === 'caption' ? 1 : 0).map((row) => {
      const isData = row.kind === 'data';
      const columns = block.columns.map((column) => column.labels[0] ?? '');
      const keys = block.columns.map((column) => joinKey(table.prefix, row.key, column.key));
      return {
        label: row.labels[0] ?? '',
        level: levelOf(row.labels[0] ?? ''),
        keys: isData ? keys : [],
        columns: isData ? columns : [],
      };
    }),
  }));
}

function downHeads(block: FormBlock): Head[][] {
  const shared = SHARED_HEADS.filter((head) =>
    head.keys.every((key) => block.columns.some((column) => column.key === key)),
  );
  if (shared.length === 0) {
    return [block.columns.map((column) => ({ label: column.labels[0] ?? '', columnSpan: 1, rowSpan: 1 }))];
  }
  const isShared = (key: string): boolean => shared.some((head) => head.keys.includes(key));
  const upper = block.columns.flatMap((column): Head[] => {
    const opened = shared.find((head) => head.keys[0] === column.key);
    if (opened) return [{ label: opened.label, columnSpan: opened.keys.length, rowSpan: 1 }];
    return isShared(column.key) ? [] : [{ label: column.labels[0] ?? '', columnSpan: 1, rowSpan: 2 }];
  });
  const lower = block.columns
    .filter((column) => isShared(column.key))
    .map((column) => ({ label: column.labels[0] ?? '', columnSpan: 1, rowSpan: 1 }));
  return [upper, lower];
}

/** Table four turned into rows a group: five results fit a screen better than fifteen, and read the same way. */
function acrossParts(table: AcrossTable): SheetPart[] {
  const columns = table.columns.map((column) => column.labels[0] ?? '');
  const heads = [columns.map((label) => ({ label, columnSpan: 1, rowSpan: 1 }))];
  const rows = table.groups.map((group, index) => {
    const above = table.spans.find((span) => span.groups.includes(index))?.labels[0];
    const label = group.labels[0] ?? '';
    return {
      label: above === undefined ? label : `${above} · ${label}`,
      level: 0,
      keys: table.columns.map((column) => `${group.key}.${column.key}`),
      columns,
    };
  });
  return [{ caption: null, heads, rows, columnCount: columns.length }];
}

function joinKey(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('.');
}

/** How official numbering nests: 一、 over （一） over 1. over 其中. */
function levelOf(label: string): number {
  if (/^[一二三四五六七八九十]+、/.test(label)) return 0;
  if (/^[（(]/.test(label)) return 1;
  if (/^\d/.test(label)) return 2;
  return label.startsWith('其中') ? 3 : 0;
}
