import { sourceAddress } from '../../api/routes.js';
import type { DocumentView } from '../../api/types.js';
import { useTranslate } from '../../i18n/translate.js';
import type { GongkaiRecord } from '../../../../src/model/record.js';
import type { SourceProps } from './marks.js';
import { FrameLoader, PdfLoader, TextLoader } from './source-loaders.js';

interface SourceSideProps extends SourceProps {
  readonly view: DocumentView;
  readonly record: GongkaiRecord;
}

/** The source as printed, whichever way its format can be shown. */
export function SourceSide({ view, record, ...props }: SourceSideProps) {
  const t = useTranslate();
  const { extractor } = record.extraction;
  return (
    <section class="source-side" aria-label={t('review.sourceOf')}>
      {extractor === 'pdf' && <PdfLoader documentId={view.id} {...props} />}
      {extractor === 'text' && <TextLoader documentId={view.id} {...props} />}
      {extractor !== 'pdf' && extractor !== 'text' && <FrameLoader documentId={view.id} {...props} />}
      <p class="source-foot small">
        <a href={sourceAddress(view.id)} download>
          {t('review.download')}
        </a>{' '}
        <span class="muted">{view.path ?? view.uri}</span>
      </p>
    </section>
  );
}
