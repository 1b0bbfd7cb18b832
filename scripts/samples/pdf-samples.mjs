import * as prose from './prose.mjs';
import { figuresOf, tablesOf } from './report.mjs';
import { meta, sample, transport } from './sample.mjs';
import { writePdf } from './write-pdf.mjs';

const APPLICATION_WIDTHS = [3, 5, 13, 6, 6, 6, 6, 6, 6, 6];
const DISCLOSURE_WIDTHS = [6, 5, 5, 5];
const REVIEW_WIDTHS = Array.from({ length: 15 }, () => 1);
const STATISTICS_WIDTHS = [24, 4, 6];

export function makePdfSamples() {
  return [pdfPageBreak(), pdfWithoutRules()];
}

function pdfPageBreak() {
  const truth = transport();
  const tables = tablesOf('2021', truth.figures);
  const blocks = prose.sixSections({
    ...prose.TRANSPORT,
    tables: {
      disclosure: { table: tables.disclosure, widths: DISCLOSURE_WIDTHS },
      applications: { table: tables.applications, widths: APPLICATION_WIDTHS },
      review: { table: tables.review, widths: REVIEW_WIDTHS },
    },
  });
  const bytes = writePdf(blocks, { pageLabel: (page) => `— ${page} —` });
  return sample('pdf/table-over-page-break.pdf', bytes, {
    ...truth,
    shows: 'ruled tables drawn with lines; table three goes over a page break inside its merged cells, a page number between the parts',
  });
}


function pdfWithoutRules() {
  const figures = figuresOf({
    form: '2014',
    numbers: {
      'statistics.disclosed.total': 15320,
      'statistics.disclosed.normative_documents': 26,
      'statistics.normative_documents_issued': 26,
      'statistics.channel.gazette': 120,
      'statistics.channel.website': 14866,
      'statistics.channel.wechat': 1034,
      'statistics.response.total': 3,
      'statistics.response.press_conferences': 2,
      'statistics.response.press_conferences_by_head': 1,
      'statistics.response.policy_interpretations': 41,
      'statistics.requests.received': 58,
      'statistics.requests.in_person': 9,
      'statistics.requests.online': 37,
      'statistics.requests.letter': 12,
      'statistics.requests.concluded': 58,
      'statistics.requests.concluded_on_time': 55,
      'statistics.requests.concluded_extended': 3,
      'statistics.replies.total': 58,
      'statistics.replies.already_public': 11,
      'statistics.replies.granted': 30,
      'statistics.replies.partially_granted': 4,
      'statistics.replies.refused': 3,
      'statistics.replies.refused.privacy': 2,
      'statistics.replies.refused.other_law': 1,
      'statistics.replies.not_this_agency': 6,
      'statistics.replies.does_not_exist': 4,
      'statistics.review.total': 1,
      'statistics.review.upheld': 1,
      'statistics.fees.amount': 0.035,
      'statistics.organisation.offices': 24,
      'statistics.organisation.reading_points': 31,
      'statistics.organisation.staff': 96,
      'statistics.organisation.staff_full_time': 12,
      'statistics.organisation.staff_part_time': 84,
      'statistics.organisation.budget': 18.5,
      'statistics.meetings.held': 5,
      'statistics.training.courses': 4,
      'statistics.training.trainees': 310,
    },
  });
  const table = tablesOf('2014', figures, (value) => value ?? '').statistics;
  const { title, text } = prose.CITY;
  const blocks = [
    { heading: title, centred: true },
    ...prose.paragraphs(text),
    { heading: '政府信息公开情况统计表', centred: true },
    { table, widths: STATISTICS_WIDTHS, rules: 'none' },
  ];
  const bytes = writePdf(blocks, { pageLabel: (page, all) => `第 ${page} 页 共 ${all} 页` });
  return sample('pdf/without-rules.pdf', bytes, {
    form: '2014',
    figures,
    meta: meta('安宁市人民政府', 2016, title),
    shows: 'the statistical table of 2014 without a single line: columns by alignment only, over several pages',
  });
}
