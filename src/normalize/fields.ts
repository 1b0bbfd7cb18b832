import type { FieldStatus } from '../model/record.js';
import type { Evidence } from '../model/evidence.js';
import { type FieldDefinition, fieldsOf } from '../forms/form.js';
import type { FieldReading, FormReading } from '../forms/form-reading.js';
import { fold } from '../text/fold.js';
import { moneyFactor, type ParsedCell } from '../text/parse-number.js';

/** A field as printed, in the form's unit, before anything is said about how sure it is. */
export interface NormalizedField {
  readonly definition: FieldDefinition;
  readonly reading: FieldReading;
  readonly value: number | null;
  readonly raw: string | null;
  readonly status: FieldStatus;
  readonly parsed: ParsedCell | null;
  readonly evidence: readonly Evidence[];
}

/** Every field of the reading's form in printed order; a field that was not found is `absent`, never 0. */
export function normalizeFields(reading: FormReading): NormalizedField[] {
  const found = new Map(reading.tables.flatMap((table) => table.fields.map((field) => [field.key, field])));
  return fieldsOf(reading.form).flatMap((definition) => {
    const field = found.get(definition.key);
    return field ? [normalizeField(definition, field)] : [];
  });
}

function normalizeField(definition: FieldDefinition, reading: FieldReading): NormalizedField {
  const slot = reading.slot;
  if (!slot) {
    return { definition, reading, value: null, raw: null, status: 'absent', parsed: null, evidence: [] };
  }
  const { parsed } = slot;
  return {
    definition,
    reading,
    value:
      parsed.kind === 'number'
        ? inFormUnit(parsed.value, printedUnit(parsed.unit, reading), definition)
        : null,
    raw: slot.text,
    status: statusOf(parsed),
    parsed,
    evidence: [slot.evidence],
  };
}

function statusOf(parsed: ParsedCell): FieldStatus {
  switch (parsed.kind) {
    case 'number':
      return 'reported';
    case 'blank':
      return 'blank';
    case 'mark':
    case 'text':
      return 'marked';
  }
}

/** The unit beside the number, else the one in the column's head （单位：元）. */
function printedUnit(unit: string | null, reading: FieldReading): string | null {
  if (unit !== null || reading.head === null) return unit;
  return /单位[:;]?(亿元|万元|元)(?=[),;]|$)/.exec(fold(reading.head))?.[1] ?? null;
}

function inFormUnit(value: number, unit: string | null, definition: FieldDefinition): number {
  // 0.57万 of 件 are 5700 of them; of 万元 they are 0.57.
  const count = unit === '万' ? 10_000 : 1;
  const factor = definition.unit === '万元' ? moneyFactor(unit) : count;
  return factor === 1 ? value : Number((value * factor).toPrecision(12));
}
