import { fold } from '../../text/fold.js';

/** What ends an article or surrounds it on a site. */
const SITE_FURNITURE =
  /版权所有|网站标识码|备案[号编]|ICP备|公网安备|主办单位|承办单位|技术支持|网站地图|建议使用.{0,20}浏览器|分辨率/i;
const ARTICLE_FURNITURE =
  /^(?:【?(?:打印|关闭|收藏|返回顶部|返回列表|分享)|上一[篇条]|下一[篇条]|分享到|扫一扫|字体[:大]|字号|浏览次数|阅读次数|点击[数率]|责任编辑|编辑:|信息来源|来源:|发布(?:时间|日期|机构)|发文(?:日期|机关)|索引号|您?(?:现在|当前)的?位置|当前位置|位置:)/;
const MAX_FURNITURE_CHARACTERS = 120;

/** True for a site's own lines in or around an article: 发布时间, 打印, 上一篇 and what a footer holds; sentences are none. */
export function isArticleFurniture(text: string): boolean {
  const folded = fold(text);
  return (
    folded.length <= MAX_FURNITURE_CHARACTERS &&
    !folded.includes('。') &&
    (ARTICLE_FURNITURE.test(folded) || SITE_FURNITURE.test(folded))
  );
}

/** True for lines of a site's footer: who runs it, its registration numbers. */
export function isSiteFurniture(text: string): boolean {
  const folded = fold(text);
  return SITE_FURNITURE.test(folded) && !folded.includes('。');
}
