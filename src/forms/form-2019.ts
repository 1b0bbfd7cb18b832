import { APPLICATIONS_2019, applicationsIdentities } from './applications-table.js';
import { article20, content } from './disclosure-rows.js';
import type { FormColumn, FormDefinition } from './form.js';
import { REVIEW_IDENTITIES, REVIEW_TABLE } from './review-table.js';

const PREVIOUS: FormColumn = {
  key: 'previous_items',
  labels: ['上一年项目数量', '上年项目数量', '上一年度项目数量'],
};
const CHANGE: FormColumn = { key: 'change', labels: ['本年增/减', '本年增减', '本年增加/减少', '增/减'] };
const ITEMS: readonly FormColumn[] = [
  PREVIOUS,
  CHANGE,
  { key: 'decisions', labels: ['处理决定数量', '本年处理决定数量', '决定数量'] },
];

/** 国办公开办函〔2019〕60号: reports for 2019 and 2020. */
export const FORM_2019: FormDefinition = {
  id: '2019',
  years: { first: 2019, last: 2020 },
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
            content('normative_documents', '规范性文件', '行政规范性文件', '规范文件', '规范性檔案'),
          ],
          columns: [
            { key: 'created', labels: ['本年新制作数量', '本年新制作', '新制作数量'] },
            { key: 'newly_disclosed', labels: ['本年新公开数量', '本年新公开', '新公开数量'] },
            { key: 'total_disclosed', labels: ['对外公开总数量', '对外公开总数', '公开总数量'] },
          ],
        },
        {
          rows: [
            article20('五'),
            content('licensing', '行政许可'),
            content('other_services', '其他对外管理服务事项', '其他对外管理服务'),
          ],
          columns: ITEMS,
        },
        {
          rows: [article20('六'), content('penalties', '行政处罚'), content('coercion', '行政强制')],
          columns: ITEMS,
        },
        {
          rows: [article20('八'), content('fees', '行政事业性收费', '行政事业收费')],
          columns: [PREVIOUS, CHANGE],
        },
        {
          rows: [article20('九'), content('procurement', '政府集中采购')],
          columns: [
            { key: 'items', labels: ['采购项目数量', '项目数量'] },
            {
              key: 'amount',
              labels: ['采购总金额', '采购总金额（单位：万元，保留4位小数）', '采购金额'],
              unit: '万元',
            },
          ],
        },
      ],
    },
    APPLICATIONS_2019,
    REVIEW_TABLE,
  ],
  identities: [...applicationsIdentities(APPLICATIONS_2019), ...REVIEW_IDENTITIES],
};
