import { useRef } from 'preact/hooks';
import { formatConfidence } from '../../app/format.js';
import { isMessageKey, useTranslate } from '../../i18n/translate.js';
import { bandOf, showValue, type CellId, type CellState } from '../cells.js';
import type { Desk } from '../use-desk.js';
import type { Sheet, SheetPart, SheetRow } from '../layout.js';
import type { IdentityNow } from '../identities.js';
import { isInOneRow } from '../identity-names.js';
import { IdentityLines } from './identity-lines.js';

interface SheetTableProps {
  readonly desk: Desk;
  readonly sheet: Sheet;
}

/** One table of the official form with its values, coloured by confidence, failed identities drawn over it. */
export function SheetTable({ desk, sheet }: SheetTableProps) {
  const t = useTranslate();
  const frame = useRef<HTMLDivElement>(null);
  const key = `table.${sheet.id}`;
  const name = isMessageKey(key) ? t(key) : sheet.id;
  const hasColumnSums = desk.identities.some(
    (identity) =>
      identity.state === 'fails' && !isInOneRow(identity, desk.names) && isOn(identity, desk, sheet),
  );
  return (
    <div class={hasColumnSums ? 'sheet with-sums' : 'sheet'} ref={frame}>
      {sheet.parts.map((part, index) => (
        <table class="sheet-table" role="grid" aria-label={name} key={index}>
          <SheetHead part={part} />
          <tbody>
            {part.rows.map((row) =>
              row.keys.length === 0 ? (
                <tr class="group" key={row.label}>
                  <th scope="row" class={`level-${row.level}`} colSpan={part.columnCount + 1}>
                    {row.label}
                  </th>
                </tr>
              ) : (
                <ValueRow desk={desk} row={row} key={row.keys[0]} />
              ),
            )}
          </tbody>
        </table>
      ))}
      <IdentityLines desk={desk} frame={frame} />
    </div>
  );
}

function isOn({ right }: IdentityNow, desk: Desk, sheet: Sheet): boolean {
  return right.some((key) => desk.names.get(key)?.table === sheet.id);
}

function SheetHead({ part }: { readonly part: SheetPart }) {
  return (
    <thead>
      {part.caption !== null && (
        <tr>
          <th scope="colgroup" colSpan={part.columnCount + 1}>
            {part.caption}
          </th>
        </tr>
      )}
      {part.heads.map((heads, index) => (
        <tr key={index}>
          {index === 0 && <td class="corner" rowSpan={part.heads.length} />}
          {heads.map((head) => (
            <th scope="col" key={head.label} colSpan={head.columnSpan} rowSpan={head.rowSpan}>
              {head.label}
            </th>
          ))}
        </tr>
      ))}
    </thead>
  );
}

function ValueRow({ desk, row }: { readonly desk: Desk; readonly row: SheetRow }) {
  return (
    <tr>
      <th scope="row" class={`level-${row.level}`} title={row.label}>
        {row.label}
      </th>
      {row.keys.map((key, index) => (
        <ValueCell
          key={key}
          desk={desk}
          id={`field:${key}`}
          row={row.label}
          column={row.columns[index] ?? ''}
        />
      ))}
    </tr>
  );
}

interface ValueCellProps {
  readonly desk: Desk;
  readonly id: CellId;
  readonly row: string;
  readonly column: string;
}

function ValueCell({ desk, id, row, column }: ValueCellProps) {
  const t = useTranslate();
  const cell = desk.cells.get(id);
  if (!cell) return <td class="value none" />;
  const isSelected = desk.selected === id;
  const value = showValue(cell.value, cell.status);
  const confidence = t('review.confidence', { value: formatConfidence(cell.confidence) });
  const spoken = value === '' ? t('review.blank') : value;
  return (
    <td
      role="gridcell"
      class={cellClass(desk, cell)}
      data-field={id}
      tabIndex={isSelected ? 0 : -1}
      aria-selected={isSelected}
      aria-label={t('review.cell', { row, column, value: spoken, confidence })}
      onClick={() => desk.select(id)}
      onDblClick={() => desk.edit()}
    >
      {value}
    </td>
  );
}

function cellClass(desk: Desk, cell: CellState): string {
  const names = ['value', `band-${bandOf(cell)}`];
  if (cell.isDoubtful) names.push('doubtful');
  if (cell.value === null) names.push('none');
  if (desk.selected === cell.id) names.push('selected');
  if (desk.failing.has(cell.key)) names.push('failing');
  return names.join(' ');
}
