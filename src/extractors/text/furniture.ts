/** Marks that nothing else looks like: a number between dashes, 第3页 共5页. */
const PLAIN_MARKS = [
  /^[-—–－―]{1,2}\s*\d{1,4}\s*[-—–－―]{1,2}$/,
  /^·\s*\d{1,4}\s*·$/,
  /^第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?$/,
  /^page\s*\d{1,4}(?:\s*(?:of|\/)\s*\d{1,4})?$/i,
];
/** Marks that may also be a table's value. */
const DOUBTFUL_MARKS = [/^\d{1,4}$/, /^\d{1,4}\s*[/／]\s*\d{1,4}$/];
const LONGEST_PAGE_MARK = 24;

/** A page number as printed at the foot of a page: -3-, — 3 —, 第3页 共5页. A bare number or 3/5 counts only `isAtEdge` of a page. */
export function isPageMark(text: string, isAtEdge: boolean): boolean {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > LONGEST_PAGE_MARK) return false;
  return (
    PLAIN_MARKS.some((mark) => mark.test(trimmed)) ||
    (isAtEdge && DOUBTFUL_MARKS.some((mark) => mark.test(trimmed)))
  );
}

const SITE_LINE =
  /^(?:网站)?首\s*页(?:\s|$|>|»|›|\/|·|-)|^(?:当前|您)?(?:现在)?的?位置[:：]|^(?:发布|发文|更新|成文|生成|信息)?(?:时间|日期)[:：]\s*\d{4}|^(?:信息|文章|稿件)?来源[:：]|浏览(?:次数|量)|阅读(?:次数|量)|^\s*(?:字体|字号)[:：]|^(?:打印|关闭|收藏|分享)|分享到|扫一扫|^索引号|^(?:上|下)一[篇条]|版权所有|备案号|ICP备|公网安备|网站标识码|^(?:主办|承办|技术支持)(?:单位)?[:：]|^责任编辑|^(?:相关信息|相关链接|相关阅读|友情链接|网站地图|联系我们|设为首页|加入收藏|无障碍(?:阅读|浏览)?)$/;

/** A line of the site around a report: position, time and source of publication, counters, footers. */
export function isSiteLine(text: string): boolean {
  return SITE_LINE.test(text.trim()) && !/。/.test(text);
}

const LONGEST_MENU_ENTRY = 12;

/** An entry of a menu: a few characters without punctuation or figures that name no report. */
export function isMenuEntry(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length > 0 && trimmed.length <= LONGEST_MENU_ENTRY && !/报告|[0-9，。：:、；]/.test(trimmed);
}
