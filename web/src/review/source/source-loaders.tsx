import { useEffect, useMemo, useState } from 'preact/hooks';
import { fetchBytes, fetchWords } from '../../api/routes.js';
import { useLoad } from '../../app/use-load.js';
import { Waiting } from '../../components/waiting.js';
import { FrameSource } from './frame-source.js';
import type { SourceProps } from './marks.js';
import { PagedSource } from './paged-source.js';
import type { DrawnPage } from './page-view.js';
import type { SourceView } from '../../api/types.js';
import { openPdf, type OpenPdf } from './pdf-pages.js';
import { TextSource } from './text-source.js';

interface LoaderProps extends SourceProps {
  readonly address: string;
}

/** Fetches the PDF, opens it with pdf.js and shows its pages. */
export function PdfLoader({ address, ...props }: LoaderProps) {
  const [opened, setOpened] = useState<OpenPdf | null>(null);
  const loaded = useLoad(`pdf ${address}`, async (signal) => {
    const pdf = await openPdf(fetchBytes(address, signal));
    setOpened(pdf);
    return pdf;
  });
  useEffect(() => () => opened?.close(), [opened]);
  if (loaded.data) return <PagedSource pages={loaded.data.pages} {...props} />;
  return <Unready loaded={loaded} />;
}

/** Shows the pictures of a scan's pages; each is fetched when its page comes near. */
export function PicturesLoader({ source, ...props }: SourceProps & { readonly source: SourceView }) {
  const pages = useMemo(() => source.pages.flatMap(toDrawnPage), [source]);
  return <PagedSource pages={pages} {...props} />;
}

/** Taken for a page that does not say how large it is: A4, in points. */
const A4 = { width: 595, height: 842 } as const;

function toDrawnPage({ pageNumber, width, height, image }: SourceView['pages'][number]): DrawnPage[] {
  if (image === null) return [];
  const draw = async (canvas: HTMLCanvasElement): Promise<void> => {
    if (canvas.dataset['image'] === image) return;
    const bytes = await fetchBytes(image);
    const picture = await createImageBitmap(new Blob([bytes as BlobPart]));
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    canvas.dataset['image'] = image;
  };
  return [{ pageNumber, width: width ?? A4.width, height: height ?? A4.height, draw }];
}

/** Fetches the text that the extractor decoded and shows it. */
export function TextLoader({ address, ...props }: LoaderProps) {
  const loaded = useLoad(`text ${address}`, (signal) => fetchWords(address, signal));
  if (loaded.data !== null) return <TextSource text={loaded.data} {...props} />;
  return <Unready loaded={loaded} />;
}

/** Fetches the sanitised rendering and shows it in a frame that runs nothing. */
export function FrameLoader({ address, ...props }: LoaderProps) {
  const loaded = useLoad(`frame ${address}`, (signal) => fetchWords(address, signal));
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
