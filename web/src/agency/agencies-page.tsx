import { fetchAgencies } from '../api/routes.js';
import { link, replaceAddress } from '../app/router.js';
import { usePages } from '../app/use-pages.js';
import { ListTable } from '../components/list-table.js';
import { MoreButton } from '../components/more-button.js';
import { SearchBox } from '../components/search-box.js';
import { Waiting } from '../components/waiting.js';
import { useTranslate } from '../i18n/translate.js';

/** Who reports: by name, with how many reports of which years. */
export function AgenciesPage({ query }: { readonly query: URLSearchParams }) {
  const t = useTranslate();
  const q = query.get('q') ?? '';
  const pages = usePages(`agencies ${q}`, (cursor, signal) => fetchAgencies(q, cursor, signal));
  return (
    <div class="page">
      <h1>{t('agencies.title')}</h1>
      <form class="toolbar" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchBox
          name={t('agencies.search')}
          value={q}
          onSearch={(text) => replaceAddress(link(['agencies'], { q: text }))}
        />
      </form>
      <section class="card">
        <Waiting loaded={pages.loaded} onRetry={pages.reload} />
        {pages.loaded.state === 'ready' && pages.rows.length === 0 && (
          <p class="muted">{t('agencies.none')}</p>
        )}
        <ListTable columns={['documents.agency', '#agency.reports', 'agencies.years']}>
          {pages.rows.map(({ id, name, reports, firstYear, lastYear }) => (
            <tr key={id}>
              <td>
                <a href={link(['agencies', name])}>{name}</a>
              </td>
              <td class="number">{reports}</td>
              <td>{firstYear === lastYear ? firstYear : `${firstYear ?? '?'}–${lastYear ?? '?'}`}</td>
            </tr>
          ))}
        </ListTable>
        <MoreButton pages={pages} />
      </section>
    </div>
  );
}
