import { Queue } from 'bullmq';
import { QUEUE_NAMES } from '../model/run.js';
import { QUEUE_PREFIX } from './bullmq-queue.js';
import { redisConnection } from './redis-connection.js';

/** The queues as BullMQ's own objects, for looking into them. */
export interface BoardQueues {
  readonly queues: readonly Queue[];
  close(): Promise<void>;
}

/** Opens every queue of this Redis; `onError` hears of lost connections, which are taken up again. */
export function openBoardQueues(redisUrl: string, onError: (error: Error) => void): BoardQueues {
  const connection = redisConnection(redisUrl, 'producer');
  connection.on('error', onError);
  const queues = QUEUE_NAMES.map((name) => new Queue(name, { connection, prefix: QUEUE_PREFIX }));
  for (const queue of queues) queue.on('error', onError);
  return {
    queues,
    close: async () => {
      await Promise.all(queues.map((queue) => queue.close()));
      connection.disconnect();
    },
  };
}
