import { APPLICATIONS_2021, applicationsIdentities } from './applications-table.js';
import { article20, content } from './disclosure-rows.js';
import type { FormDefinition } from './form.js';
import { REVIEW_IDENTITIES, REVIEW_TABLE } from './review-table.js';

const DECISIONS = [
  {
    key: 'decisions',
    labels: ['本年处理决定数量', '处理决定数量', '决定数量', '本年处理绝对数量'],
  },
];

/** 国办公开办函〔2021〕30号: reports for 2021 and later. */
export const FORM_2021: FormDefinition = {
  id: '2021',
  years: { first: 2021, last: 2099 },
  tables: [
    {
      arrangement: 'down',
      id: 'disclosure',
      prefix: 'disclosure',
      blocks: [
        {
          rows: [
            article20('一'),
            content('regulations', '规章'),
            content('normative_documents', '行政规范性文件', '规范性文件', '规范文件', '规范性檔案'),
          ],
          columns: [
            { key: 'issued', labels: ['本年制发件数', '本年制发', '制发件数', '本年制发数量'] },
            { key: 'repealed', labels: ['本年废止件数', '本年废止', '废止件数', '本年废止数量'] },
            { key: 'in_force', labels: ['现行有效件数', '现行有效', '现行有效件', '有效件数'] },
          ],
        },
        { rows: [article20('五'), content('licensing', '行政许可')], columns: DECISIONS },
        {
          rows: [article20('六'), content('penalties', '行政处罚'), content('coercion', '行政强制')],
          columns: DECISIONS,
        },
        {
          rows: [article20('八'), content('fees', '行政事业性收费', '行政事业收费')],
          columns: [
            {
              key: 'amount',
              labels: ['本年收费金额（单位：万元）', '本年收费金额', '收费金额', '收费总金额'],
              unit: '万元',
            },
          ],
        },
      ],
    },
    APPLICATIONS_2021,
    REVIEW_TABLE,
  ],
  identities: [...applicationsIdentities(APPLICATIONS_2021), ...REVIEW_IDENTITIES],
};
