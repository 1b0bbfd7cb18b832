import { DocumentPool } from '../pool/document-pool.js';
import type { ChildTask } from './isolated-reader.js';

// The entry of a child process that reads one document and ends. It ends as well when its parent does.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.once('message', (task: ChildTask) => void answer(task));

async function answer({ bytes, input, settings, pool: poolSettings }: ChildTask): Promise<void> {
  const pool = new DocumentPool(poolSettings);
  process.send?.(await pool.readSearchable({ load: () => Promise.resolve(bytes), input, settings }));
}
