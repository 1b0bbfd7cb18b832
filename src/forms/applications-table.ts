import { type DownTable, type FormColumn, type FormRow, type Identity } from './form.js';

/** Columns of table three (收到和处理政府信息公开申请情况), left to right. */
export const APPLICANT_COLUMNS: readonly FormColumn[] = [
  { key: 'natural_person', labels: ['自然人', '公民'] },
  { key: 'enterprise', labels: ['商业企业', '企业', '商业'] },
  { key: 'research', labels: ['科研机构', '科研'] },
  { key: 'social_org', labels: ['社会公益组织', '社会组织', '公益组织', '社会公益'] },
  { key: 'legal_service', labels: ['法律服务机构', '法律服务'] },
  { key: 'other_org', labels: ['其他', '其他组织', '其它'] },
  { key: 'total', labels: ['总计', '合计', '总数'] },
];

/** The head over all columns between natural persons and the total. */
const APPLICANT_SPANS = [
  {
    labels: [
      '法人或其他组织',
      '法人和其他组织',
      '法人及其他组织',
      '法人或者其他组织',
      '法人或其它组织',
      '法人',
    ],
    first: 1,
    last: 5,
  },
];

const ROWS_BEFORE_OTHER: readonly FormRow[] = [
  data(
    'new',
    '一、本年新收政府信息公开申请数量',
    '本年新收',
    '新收政府信息公开申请数量',
    '本年收到政府信息公开申请数量',
  ),
  data(
    'carried_over',
    '二、上年结转政府信息公开申请数量',
    '上年结转政府信息公开数量',
    '上年结转',
    '上年度结转政府信息公开申请数量',
  ),
  group('三、本年度办理结果', '本年度办理情况', '办理结果'),
  data('granted', '（一）予以公开', '同意公开'),
  data(
    'partially_granted',
    '（二）部分公开（区分处理的，只计这一情形，不计其他情形）',
    '部分公开',
    '部分公开（区分处理的，只计这一情形）',
  ),
  group('（三）不予公开'),
  data('refused.state_secret', '1.属于国家秘密', '国家秘密'),
  data(
    'refused.forbidden_by_law',
    '2.其他法律行政法规禁止公开',
    '其他法律法规禁止公开',
    '法律行政法规禁止公开',
  ),
  data('refused.security_and_stability', '3.危及“三安全一稳定”', '三安全一稳定'),
  data('refused.third_party_rights', '4.保护第三方合法权益', '第三方合法权益'),
  data('refused.internal_affairs', '5.属于三类内部事务信息', '三类内部事务信息', '内部事务信息'),
  data('refused.process_information', '6.属于四类过程性信息', '四类过程性信息', '过程性信息'),
  data('refused.enforcement_file', '7.属于行政执法案卷', '行政执法案卷'),
  data('refused.administrative_inquiry', '8.属于行政查询事项', '行政查询事项'),
  group('（四）无法提供'),
  data('unavailable.not_held', '1.本机关不掌握相关政府信息', '不掌握相关政府信息', '本机关不掌握'),
  data('unavailable.requires_creation', '2.没有现成信息需要另行制作', '没有现成信息', '需要另行制作'),
  data('unavailable.still_unclear', '3.补正后申请内容仍不明确', '补正后仍不明确', '申请内容仍不明确'),
  group('（五）不予处理'),
  data('not_processed.petition', '1.信访举报投诉类申请', '信访举报投诉', '信访投诉举报类申请'),
  data('not_processed.duplicate', '2.重复申请'),
  data('not_processed.publication', '3.要求提供公开出版物', '公开出版物'),
  data('not_processed.excessive', '4.无正当理由大量反复申请', '大量反复申请'),
  data(
    'not_processed.reissue',
    '5.要求行政机关确认或重新出具已获取信息',
    '要求行政机关确认或重新出具已获取政府信息',
    '确认或重新出具已获取信息',
  ),
];

const ROWS_AFTER_OTHER: readonly FormRow[] = [
  data('total', '（七）总计', '（七）合计', '办理结果总计', '办理结果合计', '总计', '合计'),
  data('carried_forward', '四、结转下年度继续办理', '结转下年度', '结转下年', '结转下一年度继续办理'),
];

const OTHER_PARTS: readonly FormRow[] = [
  data(
    'other.not_corrected',
    '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
    '逾期不补正',
    '申请人无正当理由逾期不补正',
  ),
  data(
    'other.fee_unpaid',
    '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
    '逾期不缴费',
    '申请人逾期未按收费通知要求缴纳费用',
    '逾期未缴费',
  ),
  data('other.other', '3.其他', '其它'),
];

/** Form 2019: （六）其他处理 is one row. */
export const APPLICATIONS_2019 = applicationsTable([
  ...ROWS_BEFORE_OTHER,
  data('other', '（六）其他处理', '其他', '（六）其他', '其它处理'),
  ...ROWS_AFTER_OTHER,
]);

/** Form 2021: （六）其他处理 has three parts; some reports still print it as the one row of form 2019. */
export const APPLICATIONS_2021 = applicationsTable([
  ...ROWS_BEFORE_OTHER,
  { ...data('other', '（六）其他处理', '其他', '（六）其他', '其它处理'), optional: true },
  ...OTHER_PARTS,
  ...ROWS_AFTER_OTHER,
]);

/**
 * The identities of table three, after the form's own corner remark (first + second = third + fourth) and its
 * structure: each row adds up to its 总计, each column's outcomes to （七）总计.
 */
export function applicationsIdentities(table: DownTable): Identity[] {
  const rows = dataRows(table);
  const outcomes = rows.filter(
    (row) => !['new', 'carried_over', 'total', 'carried_forward'].includes(row.key),
  );
  const applicants = APPLICANT_COLUMNS.filter((column) => column.key !== 'total');
  const key = (row: string, column: string): string => `applications.${row}.${column}`;
  return [
    ...rows.map((row) => ({
      id: `row:${row.key}`,
      sum: applicants.map((column) => key(row.key, column.key)),
      equals: [key(row.key, 'total')],
    })),
    ...APPLICANT_COLUMNS.flatMap((column) => [
      {
        id: `outcomes:${column.key}`,
        sum: outcomes.map((row) => key(row.key, column.key)),
        equals: [key('total', column.key)],
      },
      {
        id: `balance:${column.key}`,
        sum: [key('new', column.key), key('carried_over', column.key)],
        equals: [key('total', column.key), key('carried_forward', column.key)],
      },
    ]),
  ];
}

function applicationsTable(rows: readonly FormRow[]): DownTable {
  return {
    arrangement: 'down',
    id: 'applications',
    prefix: 'applications',
    blocks: [{ rows, columns: APPLICANT_COLUMNS, spans: APPLICANT_SPANS }],
  };
}

function dataRows(table: DownTable): FormRow[] {
  return table.blocks.flatMap((block) => block.rows.filter((row) => row.kind === 'data'));
}

function data(key: string, ...labels: string[]): FormRow {
  return { kind: 'data', key, labels, unit: '件' };
}

function group(...labels: string[]): FormRow {
  return { kind: 'group', key: '', labels, unit: '件' };
}
