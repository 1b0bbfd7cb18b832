import { z } from 'zod';
import { confidence, formId, id, list, listing, paging, shortText } from './common.js';

export const agencyRow = z
  .object({
    id,
    name: z.string(),
    reports: z.int(),
    firstYear: z.int().nullable(),
    lastYear: z.int().nullable(),
  })
  .meta({ id: 'AgencyRow' });

export const agencyList = listing(agencyRow);
export const agencyQuery = z.object({ q: shortText.optional(), ...paging });
export const agencyParams = z.object({ id: shortText.meta({ description: 'Id or full name.' }) });

/** One report of an agency with its numbers, corrections applied. */
export const agencyReport = z
  .object({
    documentId: id,
    year: z.int().nullable(),
    form: formId.nullable(),
    confidence,
    failedChecks: z.int(),
    fields: z.record(z.string(), z.number().nullable()),
  })
  .meta({ id: 'AgencyReport' });

/** What one year carries forward against what the next one carries over. */
export const yearCheck = z
  .object({
    id: z.string(),
    year: z.int().meta({ description: 'The later year.' }),
    status: z.enum(['passed', 'failed', 'skipped']),
    left: z.number().nullable().meta({ description: 'Carried forward by the year before.' }),
    right: z.number().nullable().meta({ description: 'Carried over by this year.' }),
    fields: list(z.string()),
  })
  .meta({ id: 'YearCheck' });

export const agencyView = z
  .object({
    id,
    name: z.string(),
    items: list(agencyReport).meta({ description: 'By year, then by document.' }),
    checks: list(yearCheck),
    next: z.null(),
  })
  .meta({ id: 'AgencyView' });
