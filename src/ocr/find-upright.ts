import { findTextBands } from './find-text-bands.js';
import type { OcrModels } from './models.js';
import { insidesOf, outsideOf, preparePage, type PreparedPage } from './prepare-page.js';
import { turnQuarters, type ColorImage, type PixelBox } from './raster.js';
import { cropAround } from './reading.js';
import { decode, readCrops, type CropPlace } from './recognise.js';

/** Quarter turns clockwise. */
export type Quarters = 0 | 1 | 2 | 3;

/** A page the right way up, and the quarter turns that made it so. */
export interface UprightPage {
  readonly page: PreparedPage;
  readonly quarters: Quarters;
}

const SETTINGS = {
  /** Lines that are read for a try, and how many character heights wide they are; of wider ones the beginning is read. */
  sampleLines: 8,
  narrowest: 2.5,
  widest: 10,
  /** Words among them that show that a page stands upright. */
  enoughWords: 2,
} as const;
/**
 * Words that any page of an official report holds. Single characters tell nothing: the network reads characters that lie
 * on their side, but across their lines they make no words.
 */
const WORDS = new RegExp(
  '政府|信息|公开|工作|年度|报告|情况|申请|数量|行政|机关|规范|文件|主动|依法|处理|决定|许可|处罚|强制|事业|收费|金额|' +
    '自然|法人|其他|组织|商业|企业|科研|机构|社会|公益|法律|服务|总计|合计|本年|上年|结转|结果|予以|部分|不予|属于|国家|' +
    '秘密|禁止|第三|权益|内部|事务|过程|执法|案卷|查询|无法|提供|掌握|补正|重复|要求|理由|逾期|复议|诉讼|维持|纠正|尚未|' +
    '审结|存在|问题|改进|制作|现行|有效|件数|内容|规章|根据|条例|发布|单位|统计|指标|网站|微博|渠道|回应|解读|培训|经费|' +
    '我们|进行|通过|建设|管理|部门|按照|加强|人民|中华|共和|全面|落实|推进|制度|平台|监督|保障|人员|群众|电话|地址',
  'g',
);

/**
 * Tries which way up a page's lines read best, and prepares it so; pages that read well as they lie are tried
 * once, and where only tables are wanted, pages without ruled tables not at all.
 */
export async function findUpright(
  models: OcrModels,
  image: ColorImage,
  onlyTables = false,
): Promise<UprightPage> {
  const asItLies: UprightPage = { page: preparePage(image), quarters: 0 };
  if (onlyTables && asItLies.page.grids.length === 0) return asItLies;
  let best = { upright: asItLies, words: await countWords(models, asItLies.page) };
  if (best.words >= SETTINGS.enoughWords || !asItLies.page.ink.data.includes(1)) return asItLies;
  for (const quarters of [2, 1, 3] as const) {
    const page = preparePage(turnQuarters(image, quarters));
    const words = await countWords(models, page);
    if (words > best.words) best = { upright: { page, quarters }, words };
    if (words >= SETTINGS.enoughWords) break;
  }
  return best.upright;
}

/** Words that are read in some of the page's lines. */
async function countWords(models: OcrModels, page: PreparedPage): Promise<number> {
  const readings = await readCrops(models, page.image, sampleLines(page));
  const texts = readings.map((reading) =>
    decode(reading, models.characters)
      .map(({ text }) => text)
      .join(''),
  );
  return texts.reduce((sum, text) => sum + (text.match(WORDS)?.length ?? 0), 0);
}

/** Lines, or their beginnings, taken evenly from all that the page has. */
function sampleLines(page: PreparedPage): CropPlace[] {
  const outside = outsideOf(page);
  const areas = page.grids.map((grid) => insidesOf(page, grid));
  const all = [
    ...areas.flatMap(({ insides, characterHeight }) =>
      insides.flatMap((inside) => linesIn(page.ink, inside, characterHeight)),
    ),
    ...linesIn(outside.ink, outside.whole, outside.characterHeight),
  ];
  const step = Math.max(1, Math.floor(all.length / SETTINGS.sampleLines));
  return all.filter((_, i) => i % step === 0).slice(0, SETTINGS.sampleLines);
}

function linesIn(ink: PreparedPage['ink'], region: PixelBox, characterHeight: number): CropPlace[] {
  return findTextBands(ink, region, characterHeight)
    .filter((box) => box.right - box.left >= SETTINGS.narrowest * characterHeight)
    .map((box) => {
      const right = Math.min(box.right, Math.round(box.left + SETTINGS.widest * characterHeight));
      return cropAround({ ...box, right }, { ...region, right }, characterHeight);
    });
}
