import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { META_KEYS, type MetaKey } from '../../../src/model/record.js';
import { readMeta } from '../../../src/normalize/meta/read-meta.js';
import { textDocument } from '../../helpers/text-document.js';

function values(text: string, properties?: Record<string, string>): Partial<Record<MetaKey, unknown>> {
  const meta = readMeta(textDocument(text, properties));
  return Object.fromEntries(META_KEYS.map((key) => [key, meta[key].value]));
}

const PREAMBLE =
  '根据《中华人民共和国政府信息公开条例》要求，现公布青石县水务局2022年政府信息公开工作年度报告。本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。' +
  '报告电子版可在网站（www.qingshi.gov.cn）查阅。如有疑问，请与青石县水务局办公室联系（地址：青石县河东路8号（水务大楼），3楼；邮编：123456；电话：0123-7654321；传真：0123-7654322；电子邮箱：swj@qingshi.gov.cn）。';

const REPORT = `青石县水务局2022年政府信息公开工作年度报告
${PREAMBLE}
一、总体情况
2022年，我局做好信息公开。
六、其他需要报告的事项
无。
青石县水务局
2023年1月16日`;

describe('readMeta on a complete report', () => {
  it('reads all twelve values', () => {
    expect(values(REPORT)).toEqual({
      agency_name: '青石县水务局',
      year: 2022,
      title: '青石县水务局2022年政府信息公开工作年度报告',
      published_on: '2023-01-16',
      period_start: '2022-01-01',
      period_end: '2022-12-31',
      postcode: '123456',
      phone: '0123-7654321',
      fax: '0123-7654322',
      email: 'swj@qingshi.gov.cn',
      address: '青石县河东路8号（水务大楼），3楼',
      website: 'www.qingshi.gov.cn',
    });
  });

  it('points at the characters of a value', () => {
    const phone = readMeta(textDocument(REPORT)).phone;
    const [evidence] = phone.evidence;
    expect(evidence?.kind === 'span' && REPORT.slice(evidence.start, evidence.end)).toBe('0123-7654321');
  });

  it('is surer of a name that several places give than of one that stands alone', () => {
    const alone = readMeta(
      textDocument('青石县水务局2022年政府信息公开工作年度报告\n一、总体情况\n做好工作。'),
    );
    expect(readMeta(textDocument(REPORT)).agency_name.confidence).toBeGreaterThan(
      alone.agency_name.confidence,
    );
  });

  it('claims no value for what is not printed, and never certainty', () => {
    const meta = readMeta(textDocument('一、总体情况\n做好工作。'));
    for (const key of META_KEYS) {
      expect(meta[key].value).toBeNull();
      expect(meta[key].confidence).toBeLessThan(1);
    }
  });

  it('reads lines that the page cut anywhere in the preamble', () => {
    const cut = PREAMBLE.replace(/(.{26})/g, '$1\n');
    const { title, published_on, website, ...rest } = values(
      `青石县水务局2022年政府信息公开工作年度报告\n${cut}\n一、总体情况`,
    );
    expect(title).toBe('青石县水务局2022年政府信息公开工作年度报告');
    expect(published_on).toBeNull();
    expect([null, 'www.qingshi.gov.cn']).toContain(website);
    expect(rest).toMatchObject({ period_end: '2022-12-31', phone: '0123-7654321', postcode: '123456' });
  });

  it('never throws, whatever the lines are', () => {
    const piece = fc.constantFrom(
      '2022年',
      '政府信息公开',
      '工作年度报告',
      '局',
      '（',
      '电话：',
      '\n',
      '由',
      '编制',
      '。',
      '1月1日',
      '至',
      ' ',
      '|',
      '街道',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const meta = readMeta(textDocument(pieces.join('')));
        for (const key of META_KEYS) expect(meta[key].confidence).toBeLessThan(1);
      }),
    );
  });
});

describe('the title', () => {
  it.each([
    ['青石县水务局\n2022年政府信息公开工作年度报告', '青石县水务局2022年政府信息公开工作年度报告'],
    ['青石县水务局2022年政府信息公开\n工作年度报告', '青石县水务局2022年政府信息公开工作年度报告'],
    ['2022年青石街道\n政府信息公开工作年度报告', '2022年青石街道政府信息公开工作年度报告'],
    ['青石县水务局 2022 年政府信息公开工作年度报告_通知公告', '青石县水务局2022年政府信息公开工作年度报告'],
    ['青石市政府门户网站-青石市水务局2022年政府信息公开年报', '青石市水务局2022年政府信息公开年报'],
    [
      '青石县水务局雷速体育直播\n2022年政府信息公开工作的年度报告',
      '青石县水务局关于2022年政府信息公开工作的年度报告',
    ],
    [
      '青石县水务局2022年度政府信息与政务公开工作报告（图片版）',
      '青石县水务局2022年度政府信息与政务公开工作报告',
    ],
    ['青石縣水務局2022年政府信息公開工作年度報告', '青石县水务局2022年政府信息公开工作年度报告'],
  ])('of %j is %s', (head, title) => {
    expect(values(`${head}\n根据《条例》编制本报告。\n一、总体情况\n好。`)['title']).toBe(title);
  });

  it.each([
    '关于做好2022年政府信息公开工作年度报告编制工作的通知',
    '青石县水务局关于做好2022年政府信息公开工作年度报告\n编制和公布工作的通知',
    '2022年政府信息公开工作年度报告解读',
    '青石县水务局2022年政府信息公开工作年度报告是根据《条例》编制的。',
  ])('is not %s', (line) => {
    expect(values(`${line}\n一、总体情况\n好。`)['title']).toBeNull();
  });

  it('is the one of the period, not another year in the navigation', () => {
    const text = `~2021年政府信息公开工作年度报告\n${REPORT}`;
    expect(values(text)['year']).toBe(2022);
  });
});

describe('the reporting body', () => {
  const body = (text: string, properties?: Record<string, string>): unknown =>
    values(text, properties)['agency_name'];

  it.each([
    ['a place is its government', '青石县2022年政府信息公开工作年度报告\n一、总体情况', '青石县人民政府'],
    ['a township is its government', '2022年青石镇政府信息公开工作年度报告\n一、总体情况', '青石镇人民政府'],
    ['an elided 政府 comes back', '青石镇人民政府信息公开工作年度报告\n一、总体情况', '青石镇人民政府'],
    [
      'the office stays the office',
      '青石县人民政府办公室2022年政府信息公开工作年度报告\n由青石县人民政府编制。\n一、总体情况',
      '青石县人民政府办公室',
    ],
    [
      'the customs district reports for the customs',
      '青石海关关区2022年政府信息公开工作年度报告\n一、总体情况',
      '青石海关',
    ],
    [
      'a short name finds its long form',
      '青石县卫健委2022年政府信息公开工作年度报告\n一、总体情况\n好。\n青石县卫生健康委员会\n2023年1月2日',
      '青石县卫生健康委员会',
    ],
    [
      'a name without place finds it in the text',
      '公安局2022年政府信息公开年度报告\n一、总体情况\n2022年，青石县公安局在县委的领导下开展工作。',
      '青石县公安局',
    ],
    [
      'a street gets its office where the text names it',
      '2022年青石街道政府信息公开工作年度报告\n由办事处编制。\n一、总体情况',
      '青石街道办事处',
    ],
    [
      'the statement names it without a title',
      '现公布青石县水务局2022年政府信息公开工作年度报告。\n一、总体情况',
      '青石县水务局',
    ],
    [
      'the first sentence names it',
      '一、总体情况\n2022年，青石省人民政府办公厅以新思想为指导。',
      '青石省人民政府办公厅',
    ],
    [
      'a school year stands before it',
      '现编制2021-2022学年青石大学信息公开工作年度报告。\n一、概述',
      '青石大学',
    ],
    [
      'the office answers, the bureau reports',
      '如有疑问，请联系：青石县教育局办公室（电话：7654321）。\n一、总体情况\n我局认真落实，我局公开信息。',
      '青石县教育局',
    ],
    [
      'the office reports where it says 我办',
      '如有疑问，请与青石市人民政府办公室文电科联系。\n一、总体情况\n我办把公开列入日程，我办成立了小组。',
      '青石市人民政府办公室',
    ],
    [
      'the government reports where its office answers for 我市',
      '如有疑问，请与青石市人民政府办公室联系。\n一、总体情况\n我市全面推进，我市开展工作。',
      '青石市人民政府',
    ],
  ])('%s', (_, text, name) => {
    expect(body(text)).toBe(name);
  });

  it('takes the full name that the page gives as its source', () => {
    expect(
      body('2022年东河高新区教育局政府信息公开工作年度报告\n~来源：青石东河新技术开发区教育局\n一、总体情况'),
    ).toBe('青石东河新技术开发区教育局');
  });

  it('does not take a place from a web site or an address', () => {
    expect(
      body(
        '东河区人民政府2022年政府信息公开工作年度报告\n本报告通过青石市东河区人民政府网公布。地址：青石市东河区人民政府（东路1号）。\n一、总体情况',
      ),
    ).toBe('东河区人民政府');
  });
});

describe('names and titles in pages as they were copied', () => {
  it('reads a title that the first sentence runs on behind', () => {
    const runOn =
      '白泥镇2024年政府信息公开工作年度报告根据《中华人民共和国政府信息公开条例》编制。\n一、总体情况\n我镇做好公开。';
    expect(values(runOn)['title']).toBe('白泥镇2024年政府信息公开工作年度报告');
  });

  it('reads the fuller of two titles', () => {
    expect(
      values(
        `区统计局2024年政府信息公开工作年度报告\n发布日期：2025-01-19 10:02\n青石市白泥区统计局2024年政府信息公开工作年度报告\n一、总体情况\n做好公开。`,
      ),
    ).toMatchObject({
      title: '青石市白泥区统计局2024年政府信息公开工作年度报告',
      agency_name: '青石市白泥区统计局',
    });
  });

  it('takes neither the subject of a title of rules nor an office of the government for the government', () => {
    const named = (sentence: string): unknown => values(`一、总体情况\n2024年，${sentence}。`)['agency_name'];
    expect(named('本单位贯彻《青石省政府信息公开办法》')).toBeNull();
    expect(named('青石市政府办公室坚持公开')).toBe('青石市人民政府办公室');
    expect(named('青石市365彩票网贯彻条例')).not.toBe('青石市人民政府');
  });

  it('does not join a line of digits to the title below it', () => {
    const text = `青石县水务局关于印发年度报告的通知\n青石县水务局\n202615\n青石县水务局\n2025年政府信息公开工作年度报告\n${PREAMBLE.replaceAll('2022', '2025')}`;
    expect(values(text)).toMatchObject({ title: '青石县水务局2025年政府信息公开工作年度报告', year: 2025 });
  });

  it('cuts verbs off that lead up to a name, and a body that signs with another one', () => {
    const named = (sentence: string): unknown =>
      values(
        `本报告数据自2022年1月1日起至2022年12月31日止。\n一、总体情况\n2022年，我局做好公开，我局${sentence}。`,
      )['agency_name'];
    expect(named('按时上传青石县水务局2022年政府信息公开工作年度报告')).toBe('青石县水务局');
    const joint =
      '现发布青石省水利厅2022年政府信息公开工作年度报告。\n一、总体情况\n公开《青石省委组织部 青石省水利厅关于招聘的通知》。';
    expect(values(joint)['agency_name']).toBe('青石省水利厅');
  });

  it('completes a name without a place by that of its short form', () => {
    const text =
      '2020年卫生健康委员会政府信息公开工作年度报告\n如对本报告有疑问，请与青石市卫生健康委办公室联系（电话：0123-7654321）。\n一、总体情况\n我委做好公开。';
    expect(values(text)['agency_name']).toBe('青石市卫生健康委员会');
  });

  it('takes the owner of the web site where the report calls itself so and names nobody', () => {
    const text =
      '一、总体情况\n2025年，我局做好公开。青石市水务局网站公开信息927条。2025年，我局收到申请4条。';
    expect(values(text)['agency_name']).toBe('青石市水务局');
  });

  it('gives a report that sums up those of all places to the government', () => {
    const text =
      '本年度报告综合2017年度青石市各县（区）政府和市级各部门的政府信息公开年度工作报告编制而成。如有疑问，请与青石市人民政府办公室联系。\n一、概述\n做好公开。';
    expect(values(text)['agency_name']).toBe('青石市人民政府');
  });
});

describe('the day of publication', () => {
  it('is the date that a line of the site begins with, or that stands behind a name under the title', () => {
    const title = '青石县水务局2017年政府信息公开工作年度报告';
    expect(values(`${title}\n2018年01月18日来源：1\n一、总体情况`)['published_on']).toBe('2018-01-18');
    expect(values(`${title}\n青石县政务公开办  2018/3/26\n一、总体情况`)['published_on']).toBe('2018-03-26');
  });

  const published = (text: string, properties?: Record<string, string>): unknown =>
    values(text, properties)['published_on'];

  it('is what the page says before anything else', () => {
    const text = `~发布时间：2023-02-26 10:21\n${REPORT}`;
    expect(published(text, { PubDate: '2023-02-27 08:00:00' })).toBe('2023-02-26');
    expect(published(REPORT, { PubDate: '2023-02-27 08:00:00' })).toBe('2023-02-27');
    expect(published(REPORT)).toBe('2023-01-16');
  });

  it.each([
    ['01.04.2019  09:54', '2019-04-01'],
    ['时间:2021-1-26 来源:水务部', '2021-01-26'],
    ['发布日期：2023/01/18 11:34:01', '2023-01-18'],
  ])('is read from %s', (line, iso) => {
    expect(published(`青石县水务局2018年政府信息公开工作年度报告\n${line}\n一、总体情况`)).toBe(iso);
  });

  it('is not the day on which a document was made out where the page has its own', () => {
    expect(
      published(
        '公文生成日期：2015-01-05\n青石县审计局2014年政府信息公开工作年度报告\n时间：2015-01-07 15:12\n一、概述',
      ),
    ).toBe('2015-01-07');
  });

  it('is the day on which the 2014 table was filled in where there is no other', () => {
    expect(published('青石县水务局2017年政府信息公开工作年度报告\n一、概述\n好。\n填报日期：2018.1.5')).toBe(
      '2018-01-05',
    );
  });
});

describe('the period', () => {
  it.each([
    ['统计期限自2013年1月1日起至12月31日止', '2013-01-01', '2013-12-31'],
    ['数据统计期限为2022年1月1日—2022年12月31日', '2022-01-01', '2022-12-31'],
    ['统计期限自201411日起，至20141231日止', '2014-01-01', '2014-12-31'],
    ['统计期限从202111日到1231日止', '2021-01-01', '2021-12-31'],
    ['统计期限为2019年9月1日到2020年8月31日', '2019-09-01', '2020-08-31'],
  ])('of %s', (words, start, end) => {
    expect(values(`本报告${words}。\n一、总体情况`)).toMatchObject({ period_start: start, period_end: end });
  });
});

describe('contacts', () => {
  it('prefers those of the sentence that says whom to ask to those of the page above the report', () => {
    const text = `地址：河西路1号\n电话：025-5886635\n传真：025-5886736\n邮件：info@shop.cn\n本报告根据条例编制，所列数据自2020年1月1日起至2020年12月31日止。如有疑问，请联系青石海关办公室，地址：河东路6号，邮编100730；电话：（010）65194406；电子邮箱：gk@customs.gov.cn。\n一、总体情况\n做好公开。`;
    expect(values(text)).toMatchObject({
      address: '河东路6号',
      phone: '（010）65194406',
      email: 'gk@customs.gov.cn',
      fax: null,
    });
  });

  it('reads a number and an address that stand behind the body without labels', () => {
    const asked = (contact: string): unknown =>
      values(`青石区绿化局2010年政府信息公开工作年度报告\n如有疑问，${contact}。\n一、概述`);
    expect(asked('请联系：青石区绿化局办公室：65890375')).toMatchObject({ phone: '65890375' });
    expect(asked('请与青石海关办公室联系（青石市河东区龙山一路1号，邮编：401147）')).toMatchObject({
      address: '青石市河东区龙山一路1号',
    });
  });

  const contacts = (sentence: string): Partial<Record<MetaKey, unknown>> =>
    values(`本报告根据条例编制。${sentence}\n一、总体情况\n好。`);

  it('are null where only the labels are left', () => {
    expect(contacts('请联系（地址：青石市东路5号，邮编：电话：传真：')).toMatchObject({
      address: '青石市东路5号',
      postcode: null,
      phone: null,
      fax: null,
    });
  });

  it('serve twice where phone and fax are one', () => {
    expect(contacts('电话(传真):0557-3022687')).toMatchObject({ phone: '0557-3022687', fax: '0557-3022687' });
  });

  it('are read without a colon, with dots, brackets and extensions', () => {
    expect(contacts('综合科，电话6402.1371。')).toMatchObject({ phone: '6402.1371' });
    expect(contacts('邮编100730；电话：（010）65194406。')).toMatchObject({
      postcode: '100730',
      phone: '（010）65194406',
    });
    expect(contacts('（联系电话：0725-5223557）')).toMatchObject({ phone: '0725-5223557' });
  });

  it('are not those of the site around the report', () => {
    const text = `联系我们\n地址：别市别路1号\n电话：000-0000000\n${REPORT}\n~主办：青石县 联系电话：0999-9999999`;
    expect(values(text)).toMatchObject({
      phone: '0123-7654321',
      address: '青石县河东路8号（水务大楼），3楼',
    });
    expect(
      values(
        '青石县水务局2022年政府信息公开工作年度报告\n一、总体情况\n好。\n主办：青石县 网站标识码：1 联系电话：0999-9999999',
      )['phone'],
    ).toBeNull();
  });
});
