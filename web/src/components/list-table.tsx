import type { ComponentChildren } from 'preact';
import type { MessageKey } from '../i18n/en.js';
import { useTranslate } from '../i18n/translate.js';

/** A column of a list by its name; `#` before it sets numbers to the right. */
export type ListColumn = MessageKey | `#${MessageKey}`;

interface ListTableProps {
  readonly columns: readonly ListColumn[];
  /** Heads that are no words: of a column of boxes before the others, of one of buttons after them. */
  readonly before?: ComponentChildren;
  readonly after?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A list under its heads; it scrolls by itself where the window is narrow. */
export function ListTable({ columns, before, after, children }: ListTableProps) {
  const t = useTranslate();
  return (
    <div class="table-wrap">
      <table class="list">
        <thead>
          <tr>
            {before}
            {columns.map((column) => {
              const isNumber = column.startsWith('#');
              const name = (isNumber ? column.slice(1) : column) as MessageKey;
              return (
                <th scope="col" class={isNumber ? 'number' : undefined} key={column}>
                  {t(name)}
                </th>
              );
            })}
            {after}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
