import { useEffect, useRef, useState } from 'preact/hooks';
import type { DocumentQuery } from '../api/types.js';
import type { MessageKey } from '../i18n/en.js';
import { useTranslate } from '../i18n/translate.js';

interface DocumentFiltersProps {
  readonly query: DocumentQuery;
  readonly onChange: (query: DocumentQuery) => void;
}

/** What is typed is asked for when the typing pauses for so long. */
const PAUSE_MS = 250;
const FORMS = ['2014', '2019', '2021', 'none'] as const;
const STATES = ['done', 'failed', 'pending'] as const;
const SORTS = ['confidence', 'agency', 'year'] as const;

/** Search, filters and order of the list of documents. */
export function DocumentFilters({ query, onChange }: DocumentFiltersProps) {
  const t = useTranslate();
  const [typed, setTyped] = useState(query.q ?? '');
  const latest = useRef({ query, onChange });
  latest.current = { query, onChange };
  useEffect(() => {
    if (typed === (latest.current.query.q ?? '')) return undefined;
    const timer = setTimeout(() => latest.current.onChange({ ...latest.current.query, q: typed }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const choose = (name: 'form' | 'state' | 'sort') => (value: string) =>
    onChange({ ...query, [name]: value });
  const named = (prefix: 'state' | 'documents.sort', value: string): readonly [string, string] => [
    value,
    t(`${prefix}.${value}` as MessageKey),
  ];
  return (
    <form class="toolbar" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="grow">
        {t('documents.search')}
        <input type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <Choice
        name={t('documents.form')}
        value={query.form}
        any={t('documents.any')}
        options={FORMS.map((form) => [form, form === 'none' ? t('overview.noForm') : form])}
        onChoose={choose('form')}
      />
      <label>
        {t('documents.year')}
        <input
          type="number"
          min={2000}
          max={2100}
          value={query.year ?? ''}
          onChange={(event) => onChange({ ...query, year: event.currentTarget.value })}
        />
      </label>
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

interface ChoiceProps {
  readonly name: string;
  readonly value: string | null;
  readonly any: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

function Choice({ name, value, any, options, onChoose }: ChoiceProps) {
  return (
    <label>
      {name}
      <select value={value ?? ''} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{any}</option>
        {options.map(([option, label]) => (
          <option value={option} key={option}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
