import { fetchSourceView, sourceAddress } from '../../api/routes.js';
import { showName } from '../../app/format.js';
import { useLoad } from '../../app/use-load.js';
import { DownloadLink } from '../../components/download-link.js';
import { Waiting } from '../../components/waiting.js';
import type { DocumentView, SourceView } from '../../api/types.js';
import { useTranslate } from '../../i18n/translate.js';
import type { SourceProps } from './marks.js';
import { FrameLoader, PdfLoader, PicturesLoader, TextLoader } from './source-loaders.js';

interface SourceSideProps extends SourceProps {
  readonly view: DocumentView;
}

/** The source as printed, whichever way its format can be shown. */
export function SourceSide({ view, ...props }: SourceSideProps) {
  const t = useTranslate();
  const loaded = useLoad(`view ${view.id}`, (signal) => fetchSourceView(view.id, signal));
  return (
    <section class="source-side" aria-label={t('review.sourceOf')}>
      {loaded.data ? <Shown source={loaded.data} {...props} /> : <Waiting loaded={loaded} />}
      <p class="source-foot small">
        <DownloadLink address={sourceAddress(view.id)} name={nameOf(view)}>
          {t('review.download')}
        </DownloadLink>{' '}
        <span class="muted">{showName(view.path ?? view.uri ?? '')}</span>
      </p>
    </section>
  );
}

/** What the source was called, without its folders. */
function nameOf({ path, uri, id }: DocumentView): string {
  return (path ?? uri ?? id).split('/').at(-1) ?? id;
}

function Shown({ source, ...props }: SourceProps & { readonly source: SourceView }) {
  const t = useTranslate();
  if (source.show === 'pdf') return <PdfLoader address={source.source} {...props} />;
  if (source.show === 'pages') return <PicturesLoader source={source} {...props} />;
  if (source.show === 'text' && source.text !== null) return <TextLoader address={source.text} {...props} />;
  if (source.rendering !== null) return <FrameLoader address={source.rendering} {...props} />;
  return <p class="page">{t('review.noSource')}</p>;
}
