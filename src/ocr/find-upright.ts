import { findTextBands } from './find-text-bands.js';
import type { OcrModels } from './models.js';
import { preparePage, type PreparedPage } from './prepare-page.js';
import { turnQuarters, type ColorImage, type GrayImage, type InkMap, type PixelBox } from './raster.js';
import { cropAround } from './reading.js';
import { decode, readCrop, type CropPlace } from './recognise.js';

/** Quarter turns clockwise. */
export type Quarters = 0 | 1 | 2 | 3;

/** A page the right way up, and the quarter turns that made it so. */
export interface UprightPage {
  readonly page: PreparedPage;
  readonly quarters: Quarters;
}

const SETTINGS = {
  /** Lines that are read for a try of the page as it lies, and of each other way. */
  mostLines: 16,
  mostLinesTurned: 8,
  /** How many character heights wide they are; of wider ones the beginning is read. */
  narrowest: 2.5,
  widest: 10,
  /** A page stands upright where so many lines show words, and so large a share of those read. */
  enoughLines: 2,
  enoughShare: 0.25,
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
);

/**
 * Tries which way up a page's lines read best, and prepares it so. Most pages show after a few lines that they lie as
 * they should; where only tables are wanted, pages without ruled tables are not tried at all.
 */
export async function findUpright(
  models: OcrModels,
  image: ColorImage,
  onlyTables = false,
): Promise<UprightPage> {
  const asItLies = preparePage(image);
  const upright: UprightPage = { page: asItLies, quarters: 0 };
  if (onlyTables && asItLies.tables.length === 0) return upright;
  const lines = sampleLines(asItLies, SETTINGS.mostLines);
  const first = { quarters: 0, ...(await countWords(models, asItLies.image, lines)) } as const;
  if (first.isEnough || !asItLies.ink.data.includes(1)) return upright;
  const tries: Try[] = [first, { quarters: 2, ...(await countTurned(models, asItLies)) }];
  if (tries.every((one) => !one.isEnough)) {
    const onSide = preparePage(turnQuarters(image, 1));
    const sideLines = sampleLines(onSide, SETTINGS.mostLinesTurned);
    tries.push({ quarters: 1, ...(await countWords(models, onSide.image, sideLines)) });
    tries.push({ quarters: 3, ...(await countTurned(models, onSide)) });
  }
  const best = tries.reduce((most, one) => (one.share > most.share ? one : most));
  if (best.quarters === 0) return upright;
  return { page: preparePage(turnQuarters(image, best.quarters)), quarters: best.quarters };
}

/** What was read of a page one way up: the share of lines with words, and whether that is enough. */
interface Words {
  readonly share: number;
  readonly isEnough: boolean;
}

interface Try extends Words {
  readonly quarters: Quarters;
}

/** Reads lines one after the other until they show words, or none are left. */
async function countWords(models: OcrModels, image: GrayImage, lines: readonly CropPlace[]): Promise<Words> {
  let [read, withWords] = [0, 0];
  let isEnough = false;
  for (const line of lines) {
    if (isEnough) break;
    const characters = decode(await readCrop(models, image, line), models.characters);
    read++;
    if (WORDS.test(characters.map(({ text }) => text).join(''))) withWords++;
    isEnough = withWords >= SETTINGS.enoughLines && withWords >= SETTINGS.enoughShare * read;
  }
  return { share: withWords / Math.max(1, read), isEnough };
}

/** The same for a page turned upside down: its lines are where they were, their crops are turned. */
function countTurned(models: OcrModels, page: PreparedPage): Promise<Words> {
  const { width, height, data } = page.image;
  const turned = { width, height, data: data.slice().reverse() };
  const turn = ({ left, top, right, bottom }: PixelBox): PixelBox => ({
    left: width - right,
    right: width - left,
    top: height - bottom,
    bottom: height - top,
  });
  const lines = sampleLines(page, SETTINGS.mostLinesTurned, 'right');
  return countWords(
    models,
    turned,
    lines.map(({ box, clip }) => ({ box: turn(box), clip: turn(clip) })),
  );
}

/** The end of a wide line that is read: the right one where the page is turned upside down. */
type LineEnd = 'left' | 'right';

/** Lines, or one end of them, taken evenly from all that the page has: every other one of them first. */
function sampleLines(
  { ink, tables, outside }: PreparedPage,
  most: number,
  end: LineEnd = 'left',
): CropPlace[] {
  const all = [
    ...tables.flatMap(({ insides, characterHeight }) =>
      insides.flatMap((inside) => linesIn(ink, inside, characterHeight, end)),
    ),
    ...linesIn(outside.ink, outside.whole, outside.characterHeight, end),
  ];
  const count = Math.min(most, all.length);
  const taken = all.filter(
    (_, i) => Math.floor((i * count) / all.length) !== Math.floor(((i - 1) * count) / all.length),
  );
  return [...taken.filter((_, i) => i % 2 === 0), ...taken.filter((_, i) => i % 2 === 1)];
}

function linesIn(ink: InkMap, region: PixelBox, characterHeight: number, end: LineEnd): CropPlace[] {
  const widest = Math.round(SETTINGS.widest * characterHeight);
  return findTextBands(ink, region, characterHeight)
    .filter((box) => box.right - box.left >= SETTINGS.narrowest * characterHeight)
    .map((box) => {
      const left = end === 'left' ? box.left : Math.max(box.left, box.right - widest);
      const right = end === 'right' ? box.right : Math.min(box.right, box.left + widest);
      const clip = right - left < box.right - box.left ? { ...region, left, right } : region;
      return cropAround({ ...box, left, right }, clip, characterHeight);
    });
}
