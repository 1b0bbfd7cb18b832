import type { DocumentQuery } from '../api/types.js';
import { Choice } from '../components/choice.js';
import { SearchBox } from '../components/search-box.js';
import { YearInput } from '../components/year-input.js';
import type { MessageKey } from '../i18n/en.js';
import { useTranslate } from '../i18n/translate.js';

interface DocumentFiltersProps {
  readonly query: DocumentQuery;
  readonly onChange: (query: DocumentQuery) => void;
}

const FORMS = ['2014', '2019', '2021', 'none'] as const;
const STATES = ['done', 'failed', 'pending'] as const;
const SORTS = ['confidence', 'agency', 'year'] as const;

/** Search, filters and order of the list of documents. */
export function DocumentFilters({ query, onChange }: DocumentFiltersProps) {
  const t = useTranslate();
  const choose = (name: 'form' | 'state' | 'sort') => (value: string) =>
    onChange({ ...query, [name]: value });
  const named = (prefix: 'state' | 'documents.sort', value: string): readonly [string, string] => [
    value,
    t(`${prefix}.${value}` as MessageKey),
  ];
  return (
    <form class="toolbar" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchBox
        name={t('documents.search')}
        value={query.q ?? ''}
        onSearch={(q) => onChange({ ...query, q })}
      />
      <Choice
        name={t('documents.form')}
        value={query.form}
        any={t('documents.any')}
        options={FORMS.map((form) => [form, form === 'none' ? t('overview.noForm') : form])}
        onChoose={choose('form')}
      />
      <YearInput value={query.year} onChoose={(year) => onChange({ ...query, year })} />
      <Choice
        name={t('documents.state')}
        value={query.state}
        any={t('documents.any')}
        options={STATES.map((state) => named('state', state))}
        onChoose={choose('state')}
      />
      <Choice
        name={t('documents.sort')}
        value={query.sort}
        any={t('documents.sort.newest')}
        options={SORTS.map((sort) => named('documents.sort', sort))}
        onChoose={choose('sort')}
      />
    </form>
  );
}
