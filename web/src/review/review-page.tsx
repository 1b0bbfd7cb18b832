import { useEffect, useState } from 'preact/hooks';
import { fetchDocument, fetchForm, nextInReview } from '../api/routes.js';
import type { DocumentView, FormView } from '../api/types.js';
import { go, link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { Waiting } from '../components/waiting.js';
import { useTranslate } from '../i18n/translate.js';
import type { GongkaiRecord } from '../../../src/model/record.js';
import { DetailPanel, nameOf } from './detail-panel.js';
import { FormSide } from './form/form-side.js';
import { answerByDigit } from './question-panel.js';
import { ReviewHead } from './review-head.js';
import { SourceSide } from './source/source-side.js';
import { reviewFilter } from './queue/review-filter.js';
import { marksOf } from './source/marks.js';
import { useCompany } from './use-company.js';
import { useDesk, type Desk } from './use-desk.js';
import { useKeys } from './use-keys.js';

/** A document that has not been read yet is looked at again after this many milliseconds. */
const LOOK_AGAIN_MS = 1_500;

/** The review of one document. */
export function ReviewPage({ documentId }: { readonly documentId: string }) {
  const t = useTranslate();
  const loaded = useLoad(documentId, (signal) => loadAll(documentId, signal));
  const view = loaded.data?.view;
  const isWaiting = view !== undefined && view.record === null && view.givenUp === null;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(loaded.reload, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);
  if (!loaded.data || !view) {
    return (
      <div class="page">
        <Waiting loaded={loaded} onRetry={loaded.reload} />
      </div>
    );
  }
  if (view.record === null) {
    const { givenUp } = view;
    return (
      <div class="page">
        {givenUp === null ? (
          <p role="status">{t('review.waiting')}</p>
        ) : (
          <p class="notice bad">
            {t('review.failed', { code: givenUp.code })}: {givenUp.message}
          </p>
        )}
      </div>
    );
  }
  return (
    <ReviewDesk
      view={view}
      record={view.record}
      form={loaded.data.form}
      onChanged={loaded.reload}
      key={view.runKey}
    />
  );
}

async function loadAll(
  documentId: string,
  signal: AbortSignal,
): Promise<{ readonly view: DocumentView; readonly form: FormView | null }> {
  const view = await fetchDocument(documentId, signal);
  const form = view.record?.form ? await fetchForm(view.record.form) : null;
  return { view, form };
}

interface ReviewDeskProps {
  readonly view: DocumentView;
  readonly record: GongkaiRecord;
  readonly form: FormView | null;
  readonly onChanged: () => void;
}

function ReviewDesk({ view, record, form, onChanged }: ReviewDeskProps) {
  const t = useTranslate();
  const desk = useDesk(view, record, form, onChanged);
  const others = useCompany(view.id, onChanged);
  const [notice, setNotice] = useState<string | null>(null);
  const nextDocument = (): void => {
    nextInReview(reviewFilter.get(), view.id).then(
      (next) => (next === null ? setNotice(t('review.noNextDocument')) : go(link(['documents', next]))),
      () => setNotice(t('app.offline')),
    );
  };
  useReviewKeys(desk, nextDocument);
  useFocusOnSelected(desk);
  const message = desk.message ?? notice;
  return (
    <div class="review">
      <ReviewHead desk={desk} others={others} onNextDocument={nextDocument} />
      <div class="review-panes">
        <SourceSide
          view={view}
          marks={marksOf(desk.cells.values(), (cell) => nameOf(desk, cell, t))}
          selected={desk.shown}
          onSelect={(id) => desk.select(id)}
        />
        <section class="form-side" aria-label={t('review.fieldsOf')}>
          <FormSide desk={desk} />
          <div>
            {message !== null && (
              <p class="notice warn desk-message" role="alert">
                {message}
              </p>
            )}
            <DetailPanel desk={desk} />
          </div>
        </section>
      </div>
    </div>
  );
}

function useReviewKeys(desk: Desk, nextDocument: () => void): void {
  useKeys({
    j: () => desk.step(1),
    k: () => desk.step(-1),
    Enter: () => desk.accept(),
    A: () => desk.acceptAbove(),
    e: () => desk.edit(),
    u: () => desk.undo(),
    n: nextDocument,
    ...typing((digit) => (desk.question ? answerByDigit(desk, digit) : desk.edit(digit))),
    ArrowLeft: () => desk.walk(0, -1),
    ArrowRight: () => desk.walk(0, 1),
    ArrowUp: () => desk.walk(-1, 0),
    ArrowDown: () => desk.walk(1, 0),
  });
}

/** A digit begins a correction, as in a spreadsheet; where words are the answers, it names one. */
function typing(begin: (digit: string) => void): Record<string, () => void> {
  return Object.fromEntries([...'0123456789'].map((digit) => [digit, () => begin(digit)]));
}

/** The selected cell has the focus, so that it is seen and read out; never taken from a field that is typed into. */
function useFocusOnSelected(desk: Desk): void {
  useEffect(() => {
    if (desk.selected === null || desk.isEditing) return;
    const cell = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(desk.selected)}"]`);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest' });
  }, [desk.selected, desk.isEditing]);
}
