/**
 * Printers map some characters to the radical that looks alike. Unicode's own compatibility mapping covers the Kangxi
 * radicals (U+2F00 on) but not the supplement (U+2E80 on): these pairs are `radical character`.
 */
const SUPPLEMENT = new Map(
  (
    '⼾户 ⺁厂 ⺌小 ⺍小 ⺕彐 ⺝月 ⺟母 ⺠民 ⺧牛 ⺩王 ⺪疋 ⺬示 ⺮竹 ⺶羊 ⺷羊 ⺸羊 ⺼肉 ⻁虎 ⻂衣 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻉贝 ⻋车 ⻑長 ⻒镸 ⻓长 ' +
    '⻔门 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟食 ⻠饣 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻬齐 ⻮齿 ⻰龙 ⻲龟 ⻳龟'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)]),
);

const RADICALS = /[\u2e80-\u2fdf]/g;

/** The text with radicals replaced by the characters that they stand for; all else as it is. */
export function unifyRadicals(text: string): string {
  return text.replace(RADICALS, (radical) => SUPPLEMENT.get(radical) ?? radical.normalize('NFKC'));
}
