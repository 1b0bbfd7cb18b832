import { fetchBatches } from '../../api/routes.js';
import { useLoad } from '../../app/use-load.js';
import { Choice } from '../../components/choice.js';
import { SearchBox } from '../../components/search-box.js';
import { YearInput } from '../../components/year-input.js';
import { useTranslate } from '../../i18n/translate.js';
import type { ReviewFilter } from './review-filter.js';

const FORMS = ['2014', '2019', '2021'] as const;
const KINDS = ['field', 'meta', 'check', 'run'] as const;
const BELOW = ['0.98', '0.95', '0.9', '0.8', '0.5'] as const;

interface QueueFiltersProps {
  readonly filter: ReviewFilter;
  readonly onChange: (filter: ReviewFilter) => void;
}

/** Which questions to ask: by agency or region, form, year, batch, kind, check, confidence. */
export function QueueFilters({ filter, onChange }: QueueFiltersProps) {
  const t = useTranslate();
  const batches = useLoad('batches', (signal) => fetchBatches(signal));
  const choose = (name: keyof ReviewFilter) => (value: string) =>
    onChange({ ...filter, [name]: value || null });
  const any = t('documents.any');
  return (
    <form class="toolbar" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchBox name={t('queueing.agency')} value={filter.agency ?? ''} onSearch={choose('agency')} />
      <Choice
        {...{ name: t('documents.form'), value: filter.form, any, onChoose: choose('form') }}
        options={FORMS.map((form) => [form, form])}
      />
      <YearInput value={filter.year} onChoose={choose('year')} />
      <Choice
        {...{ name: t('queueing.batch'), value: filter.batch, any, onChoose: choose('batch') }}
        options={(batches.data ?? []).map(({ name }) => [name, name])}
      />
      <Choice
        {...{ name: t('queueing.kind'), value: filter.kind, any, onChoose: choose('kind') }}
        options={KINDS.map((kind) => [kind, t(`queueing.kind.${kind}`)])}
      />
      <SearchBox name={t('queueing.key')} value={filter.key ?? ''} onSearch={choose('key')} />
      <Choice
        {...{ name: t('queueing.below'), value: filter.below, any, onChoose: choose('below') }}
        options={BELOW.map((below) => [below, `< ${below}`])}
      />
    </form>
  );
}
