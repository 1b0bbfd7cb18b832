import type { Random } from '../random.js';

/** Other wordings and known typing errors of labels, by the official wording without its number (LABELS.md, FORMS.md 5.3). */
const OTHER_WORDINGS: Readonly<Record<string, readonly string[]>> = {
  行政规范性文件: ['规范性文件', '规范文件', '行政规范性 文件'],
  规范性文件: ['规范文件', '行政规范性文件'],
  本年制发件数: ['制发件数', '本年制发', '本年制发\n件数'],
  本年废止件数: ['废止件数', '本年废止', '本年废止\n件数'],
  现行有效件数: ['现行有效', '有效件数', '现行有效件', '现行有\n效件数'],
  本年处理决定数量: ['处理决定数量', '本年处理绝对数量', '本年处理\n决定数量'],
  '本年收费金额（单位：万元）': ['本年收费金额', '收费金额', '本年收费总金额', '本年收费金额(单位:万元)'],
  本年新制作数量: ['本年新\n制作数量'],
  采购总金额: ['采购总金额（单位：万元，保留4位小数）', '采购总金额(万元)'],
  自然人: ['自然 人', '自然\n人'],
  商业企业: ['企业', '商业\n企业'],
  科研机构: ['科研', '科研\n机构'],
  社会公益组织: ['社会组织', '公益组织', '社会公\n益组织'],
  法律服务机构: ['法律服务', '法律服\n务机构'],
  其他: ['其他组织', '其它'],
  总计: ['合计', '总 计'],
  本年新收政府信息公开申请数量: ['本年新收政府信息公开申请 数量', '本年收到政府信息公开申请数量'],
  上年结转政府信息公开申请数量: ['上年结转政府信息公开数量', '上年度结转政府信息公开申请数量'],
  '部分公开（区分处理的，只计这一情形，不计其他情形）': [
    '部分公开（区分处理的,只计这一情形,不计其他情形）',
    '部分公开',
  ],
  其他法律行政法规禁止公开: ['其他法律法规禁止公开', '其他法律行政止公开'],
  '危及“三安全一稳定”': ['危及"三安全一稳定"', '危及三安全一稳定', "危及‘三安全一稳定'"],
  '申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请': ['逾期不补正'],
  '申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请': [
    '逾期不缴费',
    '申请人逾期未按收费通知要求缴纳费用',
  ],
  其他处理: ['其他'],
  结转下年度继续办理: ['结转下年度', '结转下年'],
  无正当理由大量反复申请: ['无正当理由大量反复 申 请'],
  结果维持: ['维持', '结果\n维持', '结 果 维持'],
  结果纠正: ['纠正', '结果\n纠正'],
  其他结果: ['其他', '其他\n结果'],
  尚未审结: ['未审结', '尚未\n审结'],
  未经复议直接起诉: ['未经复议直接诉讼', '未经复议\n直接起诉'],
  复议后起诉: ['复议后诉讼', '复议后\n起诉'],
  政府网站在线访谈次数: ['电视台在线访谈次数'],
};

/** How one report words its labels. */
export interface Wording {
  /** Share of labels in other words than the official ones. */
  readonly otherWords: number;
  readonly brackets: 'wide' | 'narrow';
  /** Share of labels with a space or line break inside. */
  readonly gaps: number;
  readonly ordinals: '.' | '、' | '．' | ' . ';
}

/** Draws the habits of one author. */
export function drawWording(random: Random): Wording {
  return {
    otherWords: random.pick([0, 0, 0.15, 0.5]),
    brackets: random.pick(['wide', 'wide', 'narrow']),
    gaps: random.pick([0, 0, 0.1, 0.6]),
    ordinals: random.pick(['.', '.', '.', '、', '．', ' . ']),
  };
}

/** Words one official label as its author would. */
export function wordLabel(official: string, wording: Wording, random: Random): string {
  const numbering = /^(?:[一二三四五六七八九]、|（[一二三四五六七八九]）|\d\.)/.exec(official)?.[0] ?? '';
  const bare = official.slice(numbering.length);
  const others = OTHER_WORDINGS[official] ?? OTHER_WORDINGS[bare];
  const words = others && random.chance(wording.otherWords) ? random.pick(others) : bare;
  const full = numbering.replace('.', wording.ordinals) + words;
  const gapped = random.chance(wording.gaps) ? insertGap(full, random) : full;
  return wording.brackets === 'narrow' ? gapped.replaceAll('（', '(').replaceAll('）', ')') : gapped;
}

function insertGap(text: string, random: Random): string {
  if (text.length < 3) return text;
  const at = random.int(1, text.length - 1);
  return text.slice(0, at) + random.pick([' ', '\n']) + text.slice(at);
}

/** Types a label carelessly: drops, doubles or swaps a character. A unit in brackets keeps its words: they are meaning. */
export function mistype(text: string, random: Random): string {
  const end = /[（(]?(?:单位|万元)/.exec(text)?.index ?? text.length;
  if (end < 4) return text;
  const at = random.int(1, end - 2);
  const [before, here, next, after] = [
    text.slice(0, at),
    text.charAt(at),
    text.charAt(at + 1),
    text.slice(at + 2),
  ];
  return random.pick([
    before + next + after,
    before + here + here + next + after,
    before + next + here + after,
  ]);
}
