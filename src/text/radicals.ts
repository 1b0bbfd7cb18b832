/**
 * Characters of the block CJK Radicals Supplement that fonts of some PDFs are mapped to, with the ordinary
 * characters they look like. Unicode gives them no compatibility decomposition; Kangxi radicals (U+2F00) have one.
 */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '⺀': '冫', '⺄': '乙', '⺆': '冂', '⺇': '几', '⺈': '刀', '⺊': '卜', '⺋': '卩', '⺌': '小', '⺍': '小', '⺎': '兀',
  '⺏': '尢', '⺑': '尣', '⺒': '巳', '⺓': '幺', '⺔': '彑', '⺕': '彐', '⺖': '忄', '⺗': '心', '⺘': '扌', '⺙': '攵',
  '⺛': '旡', '⺜': '日', '⺝': '月', '⺞': '歹', '⺟': '母', '⺠': '民', '⺡': '氵', '⺢': '水', '⺣': '灬', '⺤': '爪',
  '⺥': '爪', '⺦': '丬', '⺧': '牛', '⺨': '犭', '⺩': '王', '⺪': '疋', '⺫': '目', '⺬': '示', '⺭': '礻', '⺮': '竹',
  '⺯': '糸', '⺰': '纟', '⺱': '罒', '⺲': '罒', '⺶': '羊', '⺷': '羊', '⺸': '羊', '⺹': '老', '⺻': '聿', '⺼': '肉',
  '⺽': '臼', '⺾': '艹', '⺿': '艹', '⻀': '艹', '⻁': '虎', '⻂': '衤', '⻃': '西', '⻄': '西', '⻅': '见', '⻆': '角',
  '⻇': '角', '⻈': '讠', '⻉': '贝', '⻊': '足', '⻋': '车', '⻌': '辶', '⻍': '辶', '⻎': '辶', '⻏': '阝', '⻐': '钅',
  '⻑': '长', '⻒': '长', '⻓': '长', '⻔': '门', '⻖': '阝', '⻗': '雨', '⻘': '青', '⻙': '韦', '⻚': '页', '⻛': '风',
  '⻜': '飞', '⻝': '食', '⻞': '食', '⻟': '食', '⻠': '饣', '⻢': '马', '⻣': '骨', '⻤': '鬼', '⻥': '鱼', '⻦': '鸟',
  '⻧': '卤', '⻨': '麦', '⻩': '黄', '⻪': '黾', '⻬': '齐', '⻮': '齿', '⻰': '龙', '⻱': '龟', '⻲': '龟', '⻳': '龟',
};

const RADICAL = /[\u2e80-\u2eff\u2f00-\u2fdf]/g;

/** Ordinary characters in place of radicals, one for one, so that offsets into the text stay true. */
export function unifyRadicals(text: string): string {
  return text.replace(RADICAL, (radical) => LOOKALIKES[radical] ?? radical.normalize('NFKC'));
}
