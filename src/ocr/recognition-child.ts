import { toAnswer } from './page-answer.js';
import { readScannedPage } from './read-scanned-page.js';
import type { ChildTask } from './recognition-process.js';

// The entry of a child process that reads pages, one after the other. It ends with its parent, at once: no network call
// of its own keeps anything that would be lost.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (task: ChildTask) => void answer(task));

async function answer({ image, place }: ChildTask): Promise<void> {
  const reply = await toAnswer(readScannedPage(image, place));
  process.send?.(reply);
}
