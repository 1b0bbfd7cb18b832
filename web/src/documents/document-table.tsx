import type { DocumentRow } from '../api/types.js';
import { showName } from '../app/format.js';
import { link } from '../app/router.js';
import { ConfidenceChip } from '../components/confidence-chip.js';
import { ListTable, type ListColumn } from '../components/list-table.js';
import { useTranslate } from '../i18n/translate.js';

interface DocumentTableProps {
  readonly rows: readonly DocumentRow[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly isLoaded: boolean;
}

const COLUMNS: readonly ListColumn[] = [
  'documents.agency',
  'documents.year',
  'documents.form',
  'documents.state',
  'documents.confidence',
  '#documents.doubtful',
  '#documents.failedChecks',
];

/** Documents as a list; the name of each leads to its review. */
export function DocumentTable({ rows, selected, onSelect, isLoaded }: DocumentTableProps) {
  const t = useTranslate();
  if (rows.length === 0) return isLoaded ? <p class="muted">{t('documents.none')}</p> : null;
  const areAll = rows.every(({ id }) => selected.has(id));
  const toggle = (id: string): void => {
    const after = new Set(selected);
    if (!after.delete(id)) after.add(id);
    onSelect(after);
  };
  const selectAll = (
    <th scope="col">
      <input
        type="checkbox"
        aria-label={t('documents.selectAll')}
        checked={areAll}
        onChange={() => onSelect(new Set(areAll ? [] : rows.map(({ id }) => id)))}
      />
    </th>
  );
  return (
    <ListTable columns={COLUMNS} before={selectAll}>
      {rows.map((row) => (
        <Row key={row.id} row={row} isSelected={selected.has(row.id)} onToggle={() => toggle(row.id)} />
      ))}
    </ListTable>
  );
}

interface RowProps {
  readonly row: DocumentRow;
  readonly isSelected: boolean;
  readonly onToggle: () => void;
}

function Row({ row, isSelected, onToggle }: RowProps) {
  const t = useTranslate();
  const name = row.agency ?? t('documents.unnamed');
  const tone = { done: 'good', failed: 'bad', pending: 'accent' }[row.state];
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t('documents.select', { name })}
          checked={isSelected}
          onChange={onToggle}
        />
      </td>
      <td>
        <a href={link(['documents', row.id])}>{name}</a>
        <div class="small muted">{showName(row.path ?? row.uri ?? '')}</div>
      </td>
      <td>{row.year}</td>
      <td>{row.form ?? (row.state === 'done' && <span class="muted">{t('overview.noForm')}</span>)}</td>
      <td>
        <span class={`chip ${tone}`}>{t(`state.${row.state}`)}</span>{' '}
        <span class="small">{row.errorCode}</span>
      </td>
      <td>{row.confidence !== null && row.form !== null && <ConfidenceChip value={row.confidence} />}</td>
      <td class="number">{row.state === 'done' ? row.doubtfulFields : ''}</td>
      <td class="number">{row.state === 'done' ? row.failedChecks : ''}</td>
    </tr>
  );
}
