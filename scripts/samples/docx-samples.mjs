import * as prose from './prose.mjs';
import { figuresOf, tablesOf } from './report.mjs';
import { mapTables, meta, sample } from './sample.mjs';
import { writeDocx } from './write-docx.mjs';

export function makeDocxSamples() {
  return [docxAutoNumbered(), docxTrackedChanges()];
}

function docxAutoNumbered() {
  const figures = figuresOf({
    form: '2021',
    numbers: {
      'disclosure.normative_documents.issued': 2,
      'disclosure.normative_documents.in_force': 11,
      'disclosure.licensing.decisions': 205,
      'disclosure.penalties.decisions': 3,
      'disclosure.fees.amount': 282.1,
    },
    applications: {
      new: [11, 1, 0, 0, 0, 0],
      carried_over: [1, 0, 0, 0, 0, 0],
      granted: [7, 0, 0, 0, 0, 0],
      'refused.third_party_rights': [1, 0, 0, 0, 0, 0],
      'unavailable.requires_creation': [2, 1, 0, 0, 0, 0],
      'not_processed.duplicate': [1, 0, 0, 0, 0, 0],
      'other.fee_unpaid': [1, 0, 0, 0, 0, 0],
    },
  });
  const bytes = writeDocx(withTables(prose.EDUCATION, tablesOf('2021', figures)), {
    autoNumber: true,
    header: '临河县教育体育局文件',
    footer: '值班电话：0476-6120000',
  });
  return sample('docx/auto-numbered.docx', bytes, {
    form: '2021',
    figures,
    meta: {
      ...meta('临河县教育体育局', 2021, prose.EDUCATION.title),
      published_on: '2022-01-14',
      phone: '0476-6123308',
    },
    shows: 'cells merged both ways, labels whose numbers are list numbering, a header and a footer with a telephone number of its own',
  });
}


function docxTrackedChanges() {
  const figures = figuresOf({
    form: '2019',
    numbers: {
      'disclosure.normative_documents.created': 3,
      'disclosure.normative_documents.newly_disclosed': 3,
      'disclosure.normative_documents.total_disclosed': 21,
      'disclosure.licensing.previous_items': 14,
      'disclosure.licensing.decisions': 968,
      'disclosure.procurement.items': 7,
      'disclosure.procurement.amount': 412.36,
      'review.other': 1,
      'review.total': 1,
    },
    applications: {
      new: [24, 3, 0, 0, 0, 0],
      granted: [17, 2, 0, 0, 0, 0],
      'refused.enforcement_file': [1, 1, 0, 0, 0, 0],
      'unavailable.not_held': [4, 0, 0, 0, 0, 0],
      carried_forward: [2, 0, 0, 0, 0, 0],
    },
  });
  const bytes = writeDocx(withTables(prose.LAND, tablesOf('2019', figures)), { tracked: { 968: '999' } });
  return sample('docx/tracked-changes.docx', bytes, {
    form: '2019',
    figures,
    meta: meta('松山县自然资源局', 2019, prose.LAND.title),
    shows: 'a number that a tracked change replaced: what was deleted is not what the report says',
  });
}


function withTables(report, tables) {
  return prose.sixSections({ ...report, tables: mapTables(tables, (table) => ({ table })) });
}
