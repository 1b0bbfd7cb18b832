import { cell } from './grid.mjs';

/** The official tables as they are printed, with the field key of each number. Labels and keys are facts of the forms. */
export const COLUMNS = [
  ['natural_person', '自然人'],
  ['enterprise', '商业企业'],
  ['research', '科研机构'],
  ['social_org', '社会公益组织'],
  ['legal_service', '法律服务机构'],
  ['other_org', '其他'],
  ['total', '总计'],
];

const OUTCOMES = [
  ['（一）予以公开', 'granted'],
  ['（二）部分公开（区分处理的，只计这一情形，不计其他情形）', 'partially_granted'],
  [
    '（三）不予公开',
    [
      ['1.属于国家秘密', 'refused.state_secret'],
      ['2.其他法律行政法规禁止公开', 'refused.forbidden_by_law'],
      ['3.危及“三安全一稳定”', 'refused.security_and_stability'],
      ['4.保护第三方合法权益', 'refused.third_party_rights'],
      ['5.属于三类内部事务信息', 'refused.internal_affairs'],
      ['6.属于四类过程性信息', 'refused.process_information'],
      ['7.属于行政执法案卷', 'refused.enforcement_file'],
      ['8.属于行政查询事项', 'refused.administrative_inquiry'],
    ],
  ],
  [
    '（四）无法提供',
    [
      ['1.本机关不掌握相关政府信息', 'unavailable.not_held'],
      ['2.没有现成信息需要另行制作', 'unavailable.requires_creation'],
      ['3.补正后申请内容仍不明确', 'unavailable.still_unclear'],
    ],
  ],
  [
    '（五）不予处理',
    [
      ['1.信访举报投诉类申请', 'not_processed.petition'],
      ['2.重复申请', 'not_processed.duplicate'],
      ['3.要求提供公开出版物', 'not_processed.publication'],
      ['4.无正当理由大量反复申请', 'not_processed.excessive'],
      ['5.要求行政机关确认或重新出具已获取信息', 'not_processed.reissue'],
    ],
  ],
];
const OTHER_2019 = [['（六）其他处理', 'other']];
const OTHER_2021 = [
  [
    '（六）其他处理',
    [
      ['1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请', 'other.not_corrected'],
      ['2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请', 'other.fee_unpaid'],
      ['3.其他', 'other.other'],
    ],
  ],
];

/** Rows of table three as [label, key or sub-rows] for a form. */
export function outcomesOf(form) {
  return [...OUTCOMES, ...(form === '2019' ? OTHER_2019 : OTHER_2021), ['（七）总计', 'total']];
}

/** Every row key of table three in printed order. */
export function applicationKeys(form) {
  const outcomes = outcomesOf(form).flatMap(([, what]) => (Array.isArray(what) ? what.map(([, key]) => key) : [what]));
  return ['new', 'carried_over', ...outcomes, 'carried_forward'];
}

const BALANCE = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）';

/** Table three: three label columns and seven of numbers. `print` gives the text of a field key. */
export function applicationsGrid(form, print) {
  const numbers = (key) => COLUMNS.map(([column]) => cell(print(`applications.${key}.${column}`)));
  const outcomes = outcomesOf(form);
  const height = outcomes.reduce((sum, [, what]) => sum + (Array.isArray(what) ? what.length : 1), 0);
  const grid = [
    [cell(BALANCE, 3, 3), cell('申请人情况', 7)],
    [cell('自然人', 1, 2), cell('法人或其他组织', 5), cell('总计', 1, 2)],
    COLUMNS.slice(1, 6).map(([, label]) => cell(label)),
    [cell('一、本年新收政府信息公开申请数量', 3), ...numbers('new')],
    [cell('二、上年结转政府信息公开申请数量', 3), ...numbers('carried_over')],
  ];
  outcomes.forEach(([label, what], index) => {
    const lead = index === 0 ? [cell('三、本年度办理结果', 1, height)] : [];
    if (!Array.isArray(what)) grid.push([...lead, cell(label, 2), ...numbers(what)]);
    else {
      what.forEach(([sub, key], subIndex) => {
        const group = subIndex === 0 ? [cell(label, 1, what.length)] : [];
        grid.push([...group, cell(sub), ...numbers(key)]);
      });
    }
  });
  grid.push([cell('四、结转下年度继续办理', 3), ...numbers('carried_forward')]);
  return grid;
}

const BLOCKS = {
  2019: [
    {
      article: '一',
      heads: [
        ['本年新制作数量', 'created'],
        ['本年新公开数量', 'newly_disclosed'],
        ['对外公开总数量', 'total_disclosed'],
      ],
      rows: [
        ['规章', 'regulations'],
        ['规范性文件', 'normative_documents'],
      ],
    },
    {
      article: '五',
      heads: [
        ['上一年项目数量', 'previous_items'],
        ['本年增/减', 'change'],
        ['处理决定数量', 'decisions'],
      ],
      rows: [
        ['行政许可', 'licensing'],
        ['其他对外管理服务事项', 'other_services'],
      ],
    },
    {
      article: '六',
      heads: [
        ['上一年项目数量', 'previous_items'],
        ['本年增/减', 'change'],
        ['处理决定数量', 'decisions'],
      ],
      rows: [
        ['行政处罚', 'penalties'],
        ['行政强制', 'coercion'],
      ],
    },
    {
      article: '八',
      heads: [
        ['上一年项目数量', 'previous_items'],
        ['本年增/减', 'change'],
      ],
      rows: [['行政事业性收费', 'fees']],
    },
    {
      article: '九',
      heads: [
        ['采购项目数量', 'items'],
        ['采购总金额（单位：万元，保留4位小数）', 'amount'],
      ],
      rows: [['政府集中采购', 'procurement']],
    },
  ],
  2021: [
    {
      article: '一',
      heads: [
        ['本年制发件数', 'issued'],
        ['本年废止件数', 'repealed'],
        ['现行有效件数', 'in_force'],
      ],
      rows: [
        ['规章', 'regulations'],
        ['行政规范性文件', 'normative_documents'],
      ],
    },
    { article: '五', heads: [['本年处理决定数量', 'decisions']], rows: [['行政许可', 'licensing']] },
    {
      article: '六',
      heads: [['本年处理决定数量', 'decisions']],
      rows: [
        ['行政处罚', 'penalties'],
        ['行政强制', 'coercion'],
      ],
    },
    { article: '八', heads: [['本年收费金额（单位：万元）', 'amount']], rows: [['行政事业性收费', 'fees']] },
  ],
};
const VALUE_COLUMNS = 3;

/** Table two: one label column and three of numbers; blocks with fewer numbers span what is left. */
export function disclosureGrid(form, print) {
  const spread = (texts) =>
    texts.map((text, index) => cell(text, index === texts.length - 1 ? VALUE_COLUMNS - texts.length + 1 : 1));
  return BLOCKS[form].flatMap(({ article, heads, rows }) => [
    [cell(`第二十条第（${article}）项`, VALUE_COLUMNS + 1)],
    [cell('信息内容'), ...spread(heads.map(([label]) => label))],
    ...rows.map(([label, key]) => [
      cell(label),
      ...spread(heads.map(([, column]) => print(`disclosure.${key}.${column}`))),
    ]),
  ]);
}

/** Every field key of table two. */
export function disclosureKeys(form) {
  return BLOCKS[form].flatMap(({ heads, rows }) =>
    rows.flatMap(([, key]) => heads.map(([, column]) => `disclosure.${key}.${column}`)),
  );
}

const RESULTS = [
  ['结果维持', 'upheld'],
  ['结果纠正', 'corrected'],
  ['其他结果', 'other'],
  ['尚未审结', 'pending'],
  ['总计', 'total'],
];
const PROCEEDINGS = ['review', 'litigation_direct', 'litigation_after_review'];

/** Table four: one row of fifteen numbers under two or three levels of heads. */
export function reviewGrid(print) {
  const heads = RESULTS.map(([label]) => label);
  return [
    [cell('行政复议', 5), cell('行政诉讼', 10)],
    [...heads.map((label) => cell(label, 1, 2)), cell('未经复议直接起诉', 5), cell('复议后起诉', 5)],
    [...heads, ...heads].map((label) => cell(label)),
    reviewKeys().map((key) => cell(print(key))),
  ];
}

/** Every field key of table four, in printed order. */
export function reviewKeys() {
  return PROCEEDINGS.flatMap((proceeding) => RESULTS.map(([, result]) => `${proceeding}.${result}`));
}

/** The statistical table of 2014 to 2018: label, unit, and the key of the number; heads have none. */
const STATISTICS = [
  ['一、主动公开情况', '——', null],
  ['（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）', '条', 'disclosed.total'],
  ['其中：主动公开规范性文件数', '条', 'disclosed.normative_documents'],
  ['制发规范性文件总数', '件', 'normative_documents_issued'],
  ['（二）通过不同渠道和方式公开政府信息的情况', '——', null],
  ['1.政府公报公开政府信息数', '条', 'channel.gazette'],
  ['2.政府网站公开政府信息数', '条', 'channel.website'],
  ['3.政务微博公开政府信息数', '条', 'channel.weibo'],
  ['4.政务微信公开政府信息数', '条', 'channel.wechat'],
  ['5.其他方式公开政府信息数', '条', 'channel.other'],
  ['二、回应解读情况', '——', null],
  ['（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）', '次', 'response.total'],
  ['（二）通过不同渠道和方式回应解读的情况', '——', null],
  ['1.参加或举办新闻发布会总次数', '次', 'response.press_conferences'],
  ['其中：主要负责同志参加新闻发布会次数', '次', 'response.press_conferences_by_head'],
  ['2.政府网站在线访谈次数', '次', 'response.website_interviews'],
  ['其中：主要负责同志参加政府网站在线访谈次数', '次', 'response.website_interviews_by_head'],
  ['3.政策解读稿件发布数', '篇', 'response.policy_interpretations'],
  ['4.微博微信回应事件数', '次', 'response.social_media'],
  ['5.其他方式回应事件数', '次', 'response.other'],
  ['三、依申请公开情况', '——', null],
  ['（一）收到申请数', '件', 'requests.received'],
  ['1.当面申请数', '件', 'requests.in_person'],
  ['2.传真申请数', '件', 'requests.fax'],
  ['3.网络申请数', '件', 'requests.online'],
  ['4.信函申请数', '件', 'requests.letter'],
  ['（二）申请办结数', '件', 'requests.concluded'],
  ['1.按时办结数', '件', 'requests.concluded_on_time'],
  ['2.延期办结数', '件', 'requests.concluded_extended'],
  ['（三）申请答复数', '件', 'replies.total'],
  ['1.属于已主动公开范围数', '件', 'replies.already_public'],
  ['2.同意公开答复数', '件', 'replies.granted'],
  ['3.同意部分公开答复数', '件', 'replies.partially_granted'],
  ['4.不同意公开答复数', '件', 'replies.refused'],
  ['其中：涉及国家秘密', '件', 'replies.refused.state_secret'],
  ['涉及商业秘密', '件', 'replies.refused.trade_secret'],
  ['涉及个人隐私', '件', 'replies.refused.privacy'],
  ['危及国家安全、公共安全、经济安全和社会稳定', '件', 'replies.refused.security_and_stability'],
  ['不是《条例》所指政府信息', '件', 'replies.refused.not_government_information'],
  ['法律法规规定的其他情形', '件', 'replies.refused.other_law'],
  ['5.不属于本行政机关公开数', '件', 'replies.not_this_agency'],
  ['6.申请信息不存在数', '件', 'replies.does_not_exist'],
  ['7.告知作出更改补充数', '件', 'replies.asked_to_correct'],
  ['8.告知通过其他途径办理数', '件', 'replies.other_channel'],
  ['四、行政复议数量', '件', 'review.total'],
  ['（一）维持具体行政行为数', '件', 'review.upheld'],
  ['（二）被依法纠错数', '件', 'review.corrected'],
  ['（三）其他情形数', '件', 'review.other'],
  ['五、行政诉讼数量', '件', 'litigation.total'],
  ['（一）维持具体行政行为或者驳回原告诉讼请求数', '件', 'litigation.upheld'],
  ['（二）被依法纠错数', '件', 'litigation.corrected'],
  ['（三）其他情形数', '件', 'litigation.other'],
  ['六、举报投诉数量', '件', 'complaints.total'],
  ['七、依申请公开信息收取的费用', '万元', 'fees.amount'],
  ['八、机构建设和保障经费情况', '——', null],
  ['（一）政府信息公开工作专门机构数', '个', 'organisation.offices'],
  ['（二）设置政府信息公开查阅点数', '个', 'organisation.reading_points'],
  ['（三）从事政府信息公开工作人员数', '人', 'organisation.staff'],
  ['1.专职人员数（不包括政府公报及政府网站工作人员数）', '人', 'organisation.staff_full_time'],
  ['2.兼职人员数', '人', 'organisation.staff_part_time'],
  ['（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）', '万元', 'organisation.budget'],
  ['九、政府信息公开会议和培训情况', '——', null],
  ['（一）召开政府信息公开工作会议或专题会议数', '次', 'meetings.held'],
  ['（二）举办各类培训班数', '次', 'training.courses'],
  ['（三）接受培训人员数', '人次', 'training.trainees'],
];

export function statisticsGrid(print) {
  const rows = STATISTICS.map(([label, unit, key]) => [
    cell(label),
    cell(unit),
    cell(key ? print(`statistics.${key}`) : ''),
  ]);
  return [[cell('统计指标'), cell('单位'), cell('统计数')], ...rows];
}

export function statisticsKeys() {
  return STATISTICS.flatMap(([, , key]) => (key ? [`statistics.${key}`] : []));
}
