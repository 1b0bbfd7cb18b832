import { useEffect, useState } from 'preact/hooks';
import { fetchRendering, fetchSource, fetchText } from '../../api/routes.js';
import { useLoad } from '../../app/use-load.js';
import { Waiting } from '../../components/waiting.js';
import { FrameSource } from './frame-source.js';
import type { SourceProps } from './marks.js';
import { PagedSource } from './paged-source.js';
import { openPdf, type OpenPdf } from './pdf-pages.js';
import { TextSource } from './text-source.js';

interface LoaderProps extends SourceProps {
  readonly documentId: string;
}

/** Fetches the PDF, opens it with pdf.js and shows its pages. */
export function PdfLoader({ documentId, ...props }: LoaderProps) {
  const [opened, setOpened] = useState<OpenPdf | null>(null);
  const loaded = useLoad(`pdf ${documentId}`, async (signal) => {
    const pdf = await openPdf(await fetchSource(documentId, signal));
    setOpened(pdf);
    return pdf;
  });
  useEffect(() => () => opened?.close(), [opened]);
  if (loaded.data) return <PagedSource pages={loaded.data.pages} {...props} />;
  return <Unready loaded={loaded} />;
}

/** Fetches the text that the extractor decoded and shows it. */
export function TextLoader({ documentId, ...props }: LoaderProps) {
  const loaded = useLoad(`text ${documentId}`, (signal) => fetchText(documentId, signal));
  if (loaded.data !== null) return <TextSource text={loaded.data} {...props} />;
  return <Unready loaded={loaded} />;
}

/** Fetches the sanitised rendering and shows it in a frame that runs nothing. */
export function FrameLoader({ documentId, ...props }: LoaderProps) {
  const loaded = useLoad(`frame ${documentId}`, (signal) => fetchRendering(documentId, signal));
  if (loaded.data !== null) return <FrameSource html={loaded.data} {...props} />;
  return <Unready loaded={loaded} />;
}

function Unready({ loaded }: { readonly loaded: Parameters<typeof Waiting>[0]['loaded'] }) {
  return (
    <div class="page">
      <Waiting loaded={loaded} />
    </div>
  );
}
