import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { readerBehind } from '../ocr/crew-port.js';
import { displayPage, displaySource } from '../pipeline/display-source.js';
import { processDocument, processForSearch, reconstructTables } from '../pipeline/process-document.js';
import type { ThreadAnswer, ThreadMessage, ThreadTask } from './protocol.js';

/** Entry of a worker thread: reads one document and says, while it works, how far it is. */
export default async function readDocument(task: ThreadTask): Promise<ThreadAnswer> {
  tell({ kind: 'started' });
  const onPage = (pageNumber: number): void => tell({ kind: 'page', pageNumber });
  const deadline = Date.now() + task.timeoutMs;
  const { port, lookAhead } = task.recognition;
  const pageReader = readerBehind(port, lookAhead);
  const settings = { ...task.settings, extract: { ...task.settings.extract, onPage, deadline, pageReader } };
  try {
    return { result: await answer({ ...task, settings }), memoryBytes: heldMemory() };
  } finally {
    port.close();
  }
}

function answer({ kind, bytes, input, settings, pageNumber }: ThreadTask) {
  switch (kind) {
    case 'record':
      return processDocument(bytes, input, settings);
    case 'searchable':
      return processForSearch(bytes, input, settings);
    case 'tables':
      return reconstructTables(bytes, input, settings);
    case 'display':
      return displaySource(bytes, input, settings);
    case 'picture':
      return displayPage(bytes, pageNumber ?? 1);
  }
}

function tell(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

/** Heap and buffers (wasm memory among them) of this thread alone; asking the process would count its pages as well. */
function heldMemory(): number {
  const { used_heap_size: heap, external_memory: buffers } = getHeapStatistics();
  return heap + buffers;
}
