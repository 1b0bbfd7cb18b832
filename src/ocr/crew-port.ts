import type { MessagePort } from 'node:worker_threads';
import { AppError } from '../errors/app-error.js';
import { pageOf, toAnswer, type PageAnswer } from './page-answer.js';
import type { PageReader, PageRequest } from './page-reader.js';
import type { ColorImage } from './raster.js';
import type { ScannedPagePlace } from './read-scanned-page.js';
import type { RecognitionCrew } from './recognition-crew.js';

/** From a thread that wants pages read; `drawn` answers `draw`, with null where the picture could not be drawn. */
type Wish =
  | { readonly kind: 'read'; readonly id: number; readonly place: ScannedPagePlace }
  | { readonly kind: 'drawn'; readonly id: number; readonly image: ColorImage | null };

/** From the crew: a page's turn has come, and what came of it. */
type Reply =
  | { readonly kind: 'draw'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: PageAnswer };

/** Lets the thread at the other end of `port` have pages read by the crew; what is under way when it closes is dropped. */
export function serveCrew(crew: RecognitionCrew, port: MessagePort): void {
  const closed = new AbortController();
  const drawings = new Map<number, (image: ColorImage | null) => void>();
  const reply = (message: Reply): void => port.postMessage(message);
  const draw = (id: number): Promise<ColorImage> =>
    new Promise((resolve, reject) => {
      drawings.set(id, (image) => {
        drawings.delete(id);
        if (image) resolve(image);
        else reject(new AppError('INVARIANT_BROKEN', 'the page could not be drawn'));
      });
      reply({ kind: 'draw', id });
    });
  port.on('message', (wish: Wish) => {
    const { id } = wish;
    if (wish.kind === 'drawn') drawings.get(id)?.(wish.image);
    else {
      const reading = crew.read({ place: wish.place, draw: () => draw(id), signal: closed.signal });
      void toAnswer(reading).then((answer) => reply({ kind: 'answer', id, answer }));
    }
  });
  port.once('close', () => closed.abort());
}

interface Asked {
  readonly draw: PageRequest['draw'];
  readonly answer: (answer: PageAnswer) => void;
  readonly fail: (error: unknown) => void;
}

/** The crew at the other end of `port`, for a thread. Pictures are handed over, not copied. */
export function readerBehind(port: MessagePort, lookAhead: number): PageReader {
  const asked = new Map<number, Asked>();
  let lastId = 0;
  const wish = (message: Wish, handedOver: ArrayBuffer[] = []): void => port.postMessage(message, handedOver);
  const draw = async (id: number, page: Asked): Promise<void> => {
    try {
      const image = await page.draw();
      wish({ kind: 'drawn', id, image }, ownBuffer(image));
    } catch (error) {
      asked.delete(id);
      page.fail(error);
      wish({ kind: 'drawn', id, image: null });
    }
  };
  port.on('message', (reply: Reply) => {
    const { id } = reply;
    const page = asked.get(id);
    if (!page) return;
    if (reply.kind === 'draw') void draw(id, page);
    else {
      asked.delete(id);
      page.answer(reply.answer);
    }
  });
  return {
    lookAhead,
    async read({ place, draw: drawPage }) {
      const answer = await new Promise<PageAnswer>((resolve, reject) => {
        const id = ++lastId;
        asked.set(id, { draw: drawPage, answer: resolve, fail: reject });
        wish({ kind: 'read', id, place });
      });
      return pageOf(answer);
    },
  };
}

/** The memory of a picture that fills it, to be handed over; a picture inside a larger one's memory is copied. */
function ownBuffer({ data }: ColorImage): ArrayBuffer[] {
  const { buffer } = data;
  return buffer instanceof ArrayBuffer && buffer.byteLength === data.byteLength ? [buffer] : [];
}
