import { fold } from '../text/fold.js';
import { targetFinder } from './find-targets.js';
import type { ReportCandidate } from '../model/run.js';
import type { CandidateGroup } from './report.js';

/**
 * Puts documents together that may be one report: readings of the same form by the same body about the same year, or the
 * same bytes; and pages with the one reading that they point to. What a reading does not say about itself, the page says.
 * A page that points to several reports is a list and stays alone, and so does everything else without a form. Groups
 * come in the order of their first document; every document is in one.
 */
export function groupCandidates(candidates: readonly ReportCandidate[]): CandidateGroup[] {
  const findTargets = targetFinder(candidates.filter(({ form }) => form !== null));
  const pages = candidates.filter(({ form, links }) => form === null && links.length > 0);
  const pageTargets = new Map(pages.map((page) => [page.id, findTargets(page)]));
  const keys = new Map<string, string>();
  for (const candidate of candidates) if (candidate.form !== null) keys.set(candidate.id, keyOf(candidate));
  for (const page of pages) {
    const [target, ...more] = pageTargets.get(page.id) ?? [];
    if (target && more.length === 0) keys.set(target.id, keyOf(withMetaOf(target, page)));
  }
  const groups = new Map<string, { readings: string[]; pages: string[] }>();
  for (const { id, form } of candidates) {
    const reports = new Set((pageTargets.get(id) ?? []).map((target) => keys.get(target.id)));
    const [only] = reports;
    const isPage = form === null && reports.size === 1 && only !== undefined;
    const key = isPage ? only : (keys.get(id) ?? `alone ${id}`);
    const group = groups.get(key) ?? { readings: [], pages: [] };
    (isPage ? group.pages : group.readings).push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function withMetaOf(reading: ReportCandidate, page: ReportCandidate): ReportCandidate {
  return { ...reading, agency: reading.agency ?? page.agency, year: reading.year ?? page.year };
}

/** What is the same for all readings of a report; whoever does not say who reports on which year is only like its own bytes. */
function keyOf({ form, agency, year, sha256 }: ReportCandidate): string {
  return agency === null || year === null
    ? `bytes ${sha256}`
    : `report ${form ?? ''} ${year} ${fold(agency)}`;
}
