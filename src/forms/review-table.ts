import type { AcrossTable, Identity } from './form.js';

/** Table four (政府信息公开行政复议、行政诉讼情况), the same in the forms 2019 and 2021: three groups of five. */
export const REVIEW_TABLE: AcrossTable = {
  arrangement: 'across',
  id: 'review_and_litigation',
  groups: [
    { key: 'review', labels: ['行政复议'] },
    { key: 'litigation_direct', labels: ['未经复议直接起诉', '未经复议直接诉讼', '直接起诉'] },
    { key: 'litigation_after_review', labels: ['复议后起诉', '复议后诉讼', '经复议后起诉'] },
  ],
  columns: [
    { key: 'upheld', labels: ['结果维持', '维持'] },
    { key: 'corrected', labels: ['结果纠正', '纠正'] },
    { key: 'other', labels: ['其他结果', '其他', '其它结果'] },
    { key: 'pending', labels: ['尚未审结', '未审结'] },
    { key: 'total', labels: ['总计', '合计'] },
  ],
  spans: [{ labels: ['行政诉讼', '提起行政诉讼'], groups: [1, 2] }],
};

/** Each group's four results add up to its 总计. */
export const REVIEW_IDENTITIES: readonly Identity[] = REVIEW_TABLE.groups.map((group) => ({
  id: `results:${group.key}`,
  sum: ['upheld', 'corrected', 'other', 'pending'].map((column) => `${group.key}.${column}`),
  equals: [`${group.key}.total`],
}));
