import { useEffect, useState } from 'preact/hooks';
import type { FunctionComponent } from 'preact';
import { HelpDialog } from '../components/help-dialog.js';
import { TokenDialog } from '../components/token-dialog.js';
import { useTranslate, type Translate } from '../i18n/translate.js';
import type { MessageKey } from '../i18n/en.js';
import { AgenciesPage } from '../agency/agencies-page.js';
import { AgencyPage } from '../agency/agency-page.js';
import { ComparePage } from '../compare/compare-page.js';
import { DocumentsPage } from '../documents/documents-page.js';
import { HistoryPage } from '../history/history-page.js';
import { OverviewPage } from '../overview/overview-page.js';
import { QueuePage } from '../queue/queue-page.js';
import { ReviewQueuePage } from '../review/queue/review-queue-page.js';
import { ReviewPage } from '../review/review-page.js';
import { link, route, type Route } from './router.js';
import { language, theme } from './settings.js';
import { useStore } from './store.js';

/** The places of the main menu. */
const MENU: readonly { readonly path: string; readonly name: MessageKey }[] = [
  { path: '', name: 'nav.overview' },
  { path: 'review', name: 'nav.review' },
  { path: 'documents', name: 'nav.documents' },
  { path: 'agencies', name: 'nav.agencies' },
  { path: 'queue', name: 'nav.queue' },
  { path: 'compare', name: 'nav.compare' },
];

/** The whole app: bar, menu, and the page of the address. */
export function App() {
  const t = useTranslate();
  const place = useStore(route);
  const [isHelping, setIsHelping] = useState(false);
  const openHelp = (): void => setIsHelping(true);
  useEffect(() => {
    document.title = `gongkai · ${t(titleOf(place))}`;
  });
  useHelpKey(openHelp);
  return (
    <div class="shell">
      <a class="button skip-link" href="#main" onClick={focusMain}>
        {t('app.skip')}
      </a>
      <TopBar t={t} place={place} onHelp={openHelp} />
      <main id="main" tabIndex={-1}>
        <Page place={place} />
      </main>
      {isHelping && <HelpDialog onClose={() => setIsHelping(false)} />}
      <TokenDialog />
    </div>
  );
}

interface TopBarProps {
  readonly t: Translate;
  readonly place: Route;
  readonly onHelp: () => void;
}

const TopBar: FunctionComponent<TopBarProps> = ({ t, place, onHelp }) => {
  const isDark = useStore(theme) === 'dark';
  const current = menuPath(place);
  return (
    <header class="top-bar">
      <a class="brand" href="#/">
        <img src="/icon.svg" alt="" />
        gongkai
      </a>
      <nav aria-label={t('nav.label')}>
        {MENU.map(({ path, name }) => (
          <a key={path} href={link([path])} aria-current={path === current ? 'page' : undefined}>
            {t(name)}
          </a>
        ))}
      </nav>
      <span class="spacer" />
      <button
        type="button"
        class="button quiet"
        lang={language.get() === 'zh' ? 'en' : 'zh'}
        aria-label={t('app.languageLabel')}
        onClick={() => language.set(language.get() === 'zh' ? 'en' : 'zh')}
      >
        {t('app.language')}
      </button>
      <button
        type="button"
        class="button quiet"
        aria-pressed={isDark}
        onClick={() => theme.set(isDark ? 'light' : 'dark')}
      >
        {isDark ? t('app.light') : t('app.dark')}
      </button>
      <button type="button" class="button quiet" aria-label={t('app.help')} onClick={onHelp}>
        <kbd>?</kbd>
      </button>
    </header>
  );
};

function Page({ place }: { readonly place: Route }) {
  const t = useTranslate();
  const [first = '', id, sub, cell] = place.parts;
  if (first === '') return <OverviewPage />;
  if (first === 'review') return <ReviewQueuePage />;
  if (first === 'queue') return <QueuePage />;
  if (first === 'compare') return <ComparePage query={place.query} />;
  if (first === 'agencies' && id === undefined) return <AgenciesPage query={place.query} />;
  if (first === 'agencies' && id !== undefined) return <AgencyPage name={id} key={id} />;
  if (first === 'documents' && id === undefined) return <DocumentsPage query={place.query} />;
  if (first === 'documents' && id !== undefined && sub === 'history' && cell !== undefined) {
    return <HistoryPage documentId={id} cell={cell} key={`${id} ${cell}`} />;
  }
  if (first === 'documents' && id !== undefined) return <ReviewPage documentId={id} key={id} />;
  return <p class="page">{t('app.notFound')}</p>;
}

function menuPath({ parts }: Route): string {
  const [first = '', id] = parts;
  return first === 'documents' && id !== undefined ? 'review' : first;
}

function titleOf(place: Route): MessageKey {
  const path = menuPath(place);
  return MENU.find((item) => item.path === path)?.name ?? 'agency.title';
}

function focusMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function useHelpKey(open: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (event.key !== '?' || isTyping) return;
      event.preventDefault();
      open();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
