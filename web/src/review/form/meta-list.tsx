import { formatConfidence } from '../../app/format.js';
import { isMessageKey, useTranslate } from '../../i18n/translate.js';
import { bandOf, showValue } from '../cells.js';
import type { Desk } from '../use-desk.js';

/** What the report says about itself, as cells like those of the form. */
export function MetaList({ desk }: { readonly desk: Desk }) {
  const t = useTranslate();
  const cells = [...desk.cells.values()].filter((cell) => cell.target === 'meta');
  return (
    <table class="sheet-table meta" role="grid" aria-label={t('review.meta')}>
      <tbody>
        {cells.map((cell) => {
          const key = `meta.${cell.key}`;
          const name = isMessageKey(key) ? t(key) : cell.key;
          const isSelected = desk.selected === cell.id;
          const value = showValue(cell.value, cell.status);
          const confidence = t('review.confidence', { value: formatConfidence(cell.confidence) });
          return (
            <tr key={cell.id}>
              <th scope="row">{name}</th>
              <td
                role="gridcell"
                class={`value wide band-${bandOf(cell)}${isSelected ? ' selected' : ''}${cell.isDoubtful ? ' doubtful' : ''}`}
                data-field={cell.id}
                tabIndex={isSelected ? 0 : -1}
                aria-selected={isSelected}
                aria-label={t('review.cell', { row: name, column: '', value, confidence })}
                onClick={() => desk.select(cell.id)}
                onDblClick={() => desk.edit()}
              >
                {value}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
