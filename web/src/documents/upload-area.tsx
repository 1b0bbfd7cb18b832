import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/client.js';
import { findUnfinished, upload } from '../api/routes.js';
import type { UploadResult } from '../api/types.js';
import { showName } from '../app/format.js';
import { useTranslate } from '../i18n/translate.js';
import { link } from '../app/router.js';

/** How often the state of uploaded documents is asked for, in milliseconds. */
const ASK_EVERY_MS = 700;
/** Of what could not be taken in, so much is named. */
const PROBLEMS_SHOWN = 5;

type Progress =
  | { readonly step: 'idle' }
  | { readonly step: 'sending'; readonly count: number }
  | {
      readonly step: 'reading';
      readonly taken: UploadResult;
      readonly unfinished: readonly string[];
    }
  | { readonly step: 'failed'; readonly message: string };

/** Takes files, sends them, and shows how far the reading of them is. */
export function UploadArea({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [progress, setProgress] = useState<Progress>({ step: 'idle' });
  useFollow(progress, setProgress, onDone);
  const send = (files: readonly File[]): void => {
    if (files.length === 0) return;
    setProgress({ step: 'sending', count: files.length });
    upload(files).then(
      (taken) => {
        const unfinished = taken.items.map(({ documentId }) => documentId);
        setProgress({ step: 'reading', taken, unfinished });
        onDone();
      },
      (error: unknown) =>
        setProgress({ step: 'failed', message: error instanceof ApiError ? error.message : String(error) }),
    );
  };
  return (
    <section
      class={`drop-target${isOver ? ' over' : ''}`}
      aria-label={t('documents.upload')}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        send([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <span class="muted">{t('documents.drop')}</span>
      <button type="button" class="button primary" onClick={() => input.current?.click()}>
        {t('documents.choose')}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('documents.upload')}
        onChange={(event) => {
          send([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <ProgressLine progress={progress} />
    </section>
  );
}

function ProgressLine({ progress }: { readonly progress: Progress }) {
  const t = useTranslate();
  if (progress.step === 'idle') return null;
  if (progress.step === 'failed') {
    return (
      <span class="notice bad" role="alert">
        {t('app.failed')}: {progress.message}
      </span>
    );
  }
  if (progress.step === 'sending')
    return <span role="status">{t('documents.uploading', { count: progress.count })}</span>;
  const { items, problems } = progress.taken;
  const count = items.length;
  const done = count - progress.unfinished.length;
  const [only] = items;
  return (
    <span role="status" data-testid="upload-progress" data-done={done === count ? 'yes' : 'no'}>
      <progress max={Math.max(count, 1)} value={count === 0 ? 1 : done} aria-label={t('documents.upload')} />{' '}
      {t('documents.progress', { done, count })}{' '}
      {count === 1 && done === 1 && only !== undefined && (
        <a href={link(['documents', only.documentId])}>{t('documents.open')}</a>
      )}
      {problems.length > 0 && (
        <span class="notice warn">
          {t('documents.notTaken', { count: problems.length })}{' '}
          {problems
            .slice(0, PROBLEMS_SHOWN)
            .map(({ place, message }) => `${showName(place)}: ${message}`)
            .join(' · ')}
        </span>
      )}
    </span>
  );
}

function useFollow(progress: Progress, setProgress: (progress: Progress) => void, onDone: () => void): void {
  useEffect(() => {
    if (progress.step !== 'reading' || progress.unfinished.length === 0) return undefined;
    const timer = setTimeout(() => {
      findUnfinished(progress.unfinished).then(
        (unfinished) => {
          setProgress({ ...progress, unfinished });
          if (unfinished.length === 0) onDone();
        },
        (error: unknown) => setProgress({ step: 'failed', message: String(error) }),
      );
    }, ASK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [progress]);
}
