import type { RouteParts, TypedApp } from '../app-parts.js';
import { options } from '../http/route-options.js';
import { PROBLEM_RESPONSES } from '../http/problems.js';
import { receiveUpload } from '../http/uploads.js';
import { uploadResult } from '../schemas/documents.js';

const UPLOAD = options('review', 'documents', 'Send files, have them stored and read', {
  description:
    'multipart/form-data: any number of files under any name, archives (ZIP, TAR, WARC) are unpacked; a part named `manifest` holds JSON (UploadManifest).',
  consumes: ['multipart/form-data'],
  response: { 202: uploadResult, ...PROBLEM_RESPONSES },
});

/** Taking files in; what they hold is read by the queue, not here. */
export function uploadRoutes(app: TypedApp, { store, intake }: RouteParts): void {
  app.post('/api/documents', UPLOAD, async (request, reply) => {
    const upload = await receiveUpload(request);
    try {
      const { batch = null, priority } = upload.manifest;
      const result = await intake.documents(upload.documents(), { batch, priority, explain: true });
      const documents = await store.documents(result.admissions.map(({ documentId }) => documentId));
      const names = new Map(documents.map(({ documentId, document }) => [documentId, document.path]));
      return await reply.code(202).send({
        items: result.admissions.map((one) => ({
          ...one,
          name: names.get(one.documentId) ?? one.documentId,
        })),
        next: null,
        batch,
        skipped: result.skipped,
        problems: result.problems.map(({ place, error: { code, message } }) => ({ place, code, message })),
      });
    } finally {
      await upload.remove();
    }
  });
}
