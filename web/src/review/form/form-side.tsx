import { isMessageKey, useTranslate } from '../../i18n/translate.js';
import { tabOf, type Desk, type Tab } from '../use-desk.js';
import type { AskId } from '../cells.js';
import { ChecksList } from './checks-list.js';
import { MetaList } from './meta-list.js';
import { SheetTable } from './sheet-table.js';

/** The official form and what else the record says, one tab each. */
export function FormSide({ desk }: { readonly desk: Desk }) {
  const t = useTranslate();
  const tabs: readonly Tab[] = [...desk.sheets.map(({ id }) => id), 'meta', 'prose', 'checks'];
  const sheet = desk.sheets.find(({ id }) => id === desk.tab);
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[tabs.indexOf(desk.tab) + by];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    desk.openTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={t('review.fieldsOf')} onKeyDown={move}>
        {tabs.map((tab) => (
          <TabButton key={tab} desk={desk} tab={tab} />
        ))}
      </div>
      <div
        class="form-scroll"
        role="tabpanel"
        id="tab-panel"
        aria-labelledby={`tab-${desk.tab}`}
        tabIndex={0}
      >
        {sheet && <SheetTable desk={desk} sheet={sheet} key={sheet.id} />}
        {desk.tab === 'meta' && <MetaList desk={desk} />}
        {desk.tab === 'prose' && <Prose desk={desk} />}
        {desk.tab === 'checks' && <ChecksList desk={desk} />}
      </div>
    </>
  );
}

function TabButton({ desk, tab }: { readonly desk: Desk; readonly tab: Tab }) {
  const t = useTranslate();
  const key = `table.${tab}`;
  const other = `review.${tab}`;
  const name = isMessageKey(key) ? t(key) : isMessageKey(other) ? t(other) : tab;
  const isHere = (id: AskId): boolean =>
    tabOf(id, desk) === tab || (tab === 'checks' && id.startsWith('check:'));
  const count = desk.open.filter(isHere).length;
  const isOpen = desk.tab === tab;
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${tab}`}
      aria-selected={isOpen}
      aria-controls="tab-panel"
      tabIndex={isOpen ? 0 : -1}
      onClick={() => desk.openTab(tab)}
    >
      {name} {tab !== 'prose' && (count > 0 ? <strong>{count}</strong> : '✓')}
    </button>
  );
}

function Prose({ desk }: { readonly desk: Desk }) {
  return (
    <div class="prose">
      {desk.record.sections.map((section, index) => (
        <section key={index}>
          <h2>{section.heading}</h2>
          <p>{section.text}</p>
        </section>
      ))}
    </div>
  );
}
