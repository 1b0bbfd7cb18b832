import { asAppError } from '../errors/app-error.js';
import type { ChildAnswer, ChildTask } from './read-apart.js';
import { readScannedPage } from './read-scanned-page.js';

// The entry of a child process that reads pages, one after the other. It ends with its parent, at once: no network call
// of its own keeps anything that would be lost.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (task: ChildTask) => void answer(task));

async function answer({ image, place }: ChildTask): Promise<void> {
  const reply = await readScannedPage(image, place).then(
    (page): ChildAnswer => ({ kind: 'page', page }),
    (error: unknown): ChildAnswer => {
      const { code, message } = asAppError(error, 'INVARIANT_BROKEN');
      return { kind: 'failed', code, message };
    },
  );
  process.send?.(reply);
}
