import { PassThrough, type Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '../../errors/app-error.js';
import { currentReports } from '../../exports/current-reports.js';
import { EXPORTERS } from '../../exports/registry.js';
import type { RouteParts, TypedApp } from '../app-parts.js';
import { toDocumentFilter } from '../http/document-filter.js';
import { answering, answeringWith, options } from '../http/route-options.js';
import { exportList, exportParams, exportQuery } from '../schemas/exports.js';

/** Described as text; sent as it comes. */
const stream = z.string() as unknown as z.ZodType<Readable>;
const LIST = options('read', 'exports', 'The formats that there are', { response: answering(exportList) });
const EXPORT = options(
  'read',
  'exports',
  'The current records that match, one a report, corrections applied',
  {
    params: exportParams,
    querystring: exportQuery,
    response: answeringWith('*/*', stream, 'A stream; it breaks off where something fails.'),
  },
);

/** Records for other programs, streamed: whatever their number, a page of them is in memory. */
export function exportRoutes(app: TypedApp, { store, logger }: RouteParts): void {
  app.get('/api/exports', LIST, () => ({
    items: EXPORTERS.map(({ id, mediaType, extension }) => ({ id, mediaType, extension })),
    next: null,
  }));
  app.get('/api/exports/:format', EXPORT, ({ params: { format }, query: { bom, ...asked } }, reply) => {
    const exporter = EXPORTERS.find(({ id }) => id === format);
    if (!exporter) throw new AppError('NOT_FOUND', `There is no export "${format}".`);
    const out = new PassThrough();
    exporter.write(currentReports(store, toDocumentFilter(asked)), out, { bom }).then(
      () => out.end(),
      (error: unknown) => {
        const cause = error instanceof Error ? error : new Error(String(error));
        if (!out.destroyed) logger.error({ error: cause, format }, 'export broke off');
        // An answer cut off is seen as such by the reader; one that ends is taken for whole.
        out.destroy(cause);
      },
    );
    reply
      .type(exporter.mediaType)
      .header('content-disposition', `attachment; filename="gongkai-${exporter.id}.${exporter.extension}"`);
    void reply.send(out);
  });
}
