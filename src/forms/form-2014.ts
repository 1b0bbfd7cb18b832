import type { FormDefinition, FormRow, Identity } from './form.js';

const ROWS: readonly FormRow[] = [
  group('一、主动公开情况'),
  data(
    '条',
    'disclosed.total',
    '（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）',
    '主动公开政府信息数',
  ),
  data('条', 'disclosed.normative_documents', '其中：主动公开规范性文件数'),
  data('件', 'normative_documents_issued', '制发规范性文件总数'),
  group('（二）通过不同渠道和方式公开政府信息的情况'),
  data('条', 'channel.gazette', '1.政府公报公开政府信息数'),
  data('条', 'channel.website', '2.政府网站公开政府信息数'),
  data('条', 'channel.weibo', '3.政务微博公开政府信息数'),
  data('条', 'channel.wechat', '4.政务微信公开政府信息数'),
  data('条', 'channel.other', '5.其他方式公开政府信息数'),
  group('二、回应解读情况'),
  data(
    '次',
    'response.total',
    '（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）',
    '回应公众关注热点或重大舆情数',
  ),
  group('（二）通过不同渠道和方式回应解读的情况'),
  data('次', 'response.press_conferences', '1.参加或举办新闻发布会总次数'),
  data('次', 'response.press_conferences_by_head', '其中：主要负责同志参加新闻发布会次数'),
  data('次', 'response.website_interviews', '2.政府网站在线访谈次数', '电视台在线访谈次数'),
  data(
    '次',
    'response.website_interviews_by_head',
    '其中：主要负责同志参加政府网站在线访谈次数',
    '主要负责同志参加电视台在线访谈次数',
  ),
  data('篇', 'response.policy_interpretations', '3.政策解读稿件发布数'),
  data('次', 'response.social_media', '4.微博微信回应事件数'),
  data('次', 'response.other', '5.其他方式回应事件数'),
  group('三、依申请公开情况'),
  data('件', 'requests.received', '（一）收到申请数'),
  data('件', 'requests.in_person', '1.当面申请数'),
  data('件', 'requests.fax', '2.传真申请数'),
  data('件', 'requests.online', '3.网络申请数', '网上申请数'),
  data('件', 'requests.letter', '4.信函申请数'),
  data('件', 'requests.concluded', '（二）申请办结数'),
  data('件', 'requests.concluded_on_time', '1.按时办结数'),
  data('件', 'requests.concluded_extended', '2.延期办结数'),
  data('件', 'replies.total', '（三）申请答复数'),
  data('件', 'replies.already_public', '1.属于已主动公开范围数'),
  data('件', 'replies.granted', '2.同意公开答复数'),
  data('件', 'replies.partially_granted', '3.同意部分公开答复数'),
  data('件', 'replies.refused', '4.不同意公开答复数'),
  data('件', 'replies.refused.state_secret', '其中：涉及国家秘密'),
  data('件', 'replies.refused.trade_secret', '涉及商业秘密'),
  data('件', 'replies.refused.privacy', '涉及个人隐私'),
  data('件', 'replies.refused.security_and_stability', '危及国家安全、公共安全、经济安全和社会稳定'),
  data('件', 'replies.refused.not_government_information', '不是《条例》所指政府信息'),
  data('件', 'replies.refused.other_law', '法律法规规定的其他情形'),
  data('件', 'replies.not_this_agency', '5.不属于本行政机关公开数'),
  data('件', 'replies.does_not_exist', '6.申请信息不存在数'),
  data('件', 'replies.asked_to_correct', '7.告知作出更改补充数'),
  data('件', 'replies.other_channel', '8.告知通过其他途径办理数'),
  data('件', 'review.total', '四、行政复议数量'),
  data('件', 'review.upheld', '（一）维持具体行政行为数'),
  data('件', 'review.corrected', '（二）被依法纠错数'),
  data('件', 'review.other', '（三）其他情形数'),
  data('件', 'litigation.total', '五、行政诉讼数量'),
  data('件', 'litigation.upheld', '（一）维持具体行政行为或者驳回原告诉讼请求数'),
  data('件', 'litigation.corrected', '（二）被依法纠错数'),
  data('件', 'litigation.other', '（三）其他情形数'),
  data('件', 'complaints.total', '六、举报投诉数量'),
  data('万元', 'fees.amount', '七、依申请公开信息收取的费用'),
  group('八、机构建设和保障经费情况'),
  data('个', 'organisation.offices', '（一）政府信息公开工作专门机构数'),
  data('个', 'organisation.reading_points', '（二）设置政府信息公开查阅点数'),
  data('人', 'organisation.staff', '（三）从事政府信息公开工作人员数'),
  data(
    '人',
    'organisation.staff_full_time',
    '1.专职人员数（不包括政府公报及政府网站工作人员数）',
    '专职人员数',
  ),
  data('人', 'organisation.staff_part_time', '2.兼职人员数'),
  data(
    '万元',
    'organisation.budget',
    '（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）',
    '政府信息公开专项经费',
  ),
  group('九、政府信息公开会议和培训情况'),
  data('次', 'meetings.held', '（一）召开政府信息公开工作会议或专题会议数'),
  data('次', 'training.courses', '（二）举办各类培训班数'),
  data('人次', 'training.trainees', '（三）接受培训人员数'),
];

/** Sums of the form's own numbering: parts of a numbered row add up to it. */
const IDENTITIES: readonly Identity[] = [
  sum(
    'requests:channels',
    'requests.received',
    ['in_person', 'fax', 'online', 'letter'].map((part) => `requests.${part}`),
  ),
  sum('requests:concluded', 'requests.concluded', [
    'requests.concluded_on_time',
    'requests.concluded_extended',
  ]),
  sum(
    'replies:kinds',
    'replies.total',
    [
      'already_public',
      'granted',
      'partially_granted',
      'refused',
      'not_this_agency',
      'does_not_exist',
      'asked_to_correct',
      'other_channel',
    ].map((part) => `replies.${part}`),
  ),
  sum(
    'replies:refused',
    'replies.refused',
    [
      'state_secret',
      'trade_secret',
      'privacy',
      'security_and_stability',
      'not_government_information',
      'other_law',
    ].map((part) => `replies.refused.${part}`),
  ),
  sum('review', 'review.total', ['review.upheld', 'review.corrected', 'review.other']),
  sum('litigation', 'litigation.total', ['litigation.upheld', 'litigation.corrected', 'litigation.other']),
  sum('staff', 'organisation.staff', ['organisation.staff_full_time', 'organisation.staff_part_time']),
];

/** 国办发〔2014〕32号: the 政府信息公开情况统计表 behind the reports for 2014 to 2018. */
export const FORM_2014: FormDefinition = {
  id: '2014',
  years: { first: 2014, last: 2018 },
  tables: [
    {
      arrangement: 'down',
      id: 'statistics',
      prefix: 'statistics',
      blocks: [{ rows: ROWS, columns: [{ key: '', labels: ['统计数', '数量', '统计数量', '数值'] }] }],
    },
  ],
  identities: IDENTITIES,
};

function data(unit: string, key: string, ...labels: string[]): FormRow {
  return { kind: 'data', key, labels, unit };
}

function group(...labels: string[]): FormRow {
  return { kind: 'group', key: '', labels, unit: '' };
}

function sum(id: string, whole: string, parts: readonly string[]): Identity {
  return { id, sum: parts.map((part) => `statistics.${part}`), equals: [`statistics.${whole}`] };
}
