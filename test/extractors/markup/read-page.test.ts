import { describe, expect, test } from '@jest/globals';
import { readHtmlFragment, readHtmlPage } from '../../../src/extractors/markup/read-page.js';
import { codesOf, rowsOf, textsOf } from '../../helpers/describe-document.js';
import { A_MINUTE, processorTime } from '../../helpers/processor-time.js';

const TABLE =
  '<table border=1><tr><td colspan=4>第二十条第（一）项</td></tr>' +
  '<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>' +
  '<tr><td>规章</td><td>0</td><td>&nbsp;</td><td>7</td></tr><tr><td>行政规范性文件</td><td>3</td><td>0</td><td>12</td></tr></table>';
const ARTICLE =
  '<p>根据《中华人民共和国政府信息公开条例》的规定，现公布本机关2024年政府信息公开工作年度报告，数据统计期限为全年。</p>' +
  '<p>一、总体情况</p><p>2024年，本机关主动公开信息120条，围绕群众关心的问题及时作出回应，接受各方面监督，全年没有发生应公开未公开的情形。</p>' +
  '<p>（一）依申请公开。全年收到申请3件，均在法定期限内答复，没有因政府信息公开被申请行政复议或者提起行政诉讼。</p>' +
  `<p>二、主动公开政府信息情况</p>${TABLE}<p>六、其他需要报告的事项</p><p>无。</p><p>某某县水务局</p><p>2025年1月20日</p>`;
const MENU =
  '<ul><li><a href=1>首页</a></li><li><a href=2>政府信息公开年报</a></li><li><a href=3>依申请公开</a></li></ul>';
const FOOTER = '<div class=f><p>主办：某某县人民政府 电话：0517-1234567</p><p>苏ICP备05000000号</p></div>';

function page(body: string, head = ''): string {
  return `<html><head><title>某某县水务局年度报告_某某县政府网</title>${head}</head><body>${body}</body></html>`;
}

test('takes the number that a counter counts up to', () => {
  const cell = (attributes: string) => `<td><span ${attributes}>0</span></td>`;
  const page = `<table><tr><td>规章</td>${cell('class=n data-to="1,205"')}${cell('data-to=x')}${cell('data-row=7')}</tr><tr><td>行政许可</td><td>1</td><td>2</td><td>3</td></tr></table>`;
  expect(
    readHtmlPage(page)
      .tables[0]?.cells.map(({ text }) => text)
      .slice(0, 4),
  ).toEqual(['规章', '1,205', '0', '0']);
});

test('joins the table of labels with the table of their numbers beside it', () => {
  const labels = ['项目', '规章', '行政许可', '行政处罚', '行政强制'];
  const table = (rows: readonly string[]) =>
    `<table>${rows.map((cells) => `<tr>${cells}</tr>`).join('')}</table>`;
  const left = table(labels.map((label) => `<td>${label}</td>`));
  const right = table([
    '<td>甲</td><td>乙</td>',
    ...['1', '', '3', '4'].map((n) => `<td>${n}</td><td>7</td>`),
  ]);
  const page = `<body><table><tr><td>${left}</td><td>${right}</td></tr></table></body>`;
  const { tables } = readHtmlPage(page);
  expect(tables).toHaveLength(1);
  expect(tables[0]?.cells.filter(({ rowIndex }) => rowIndex === 2).map(({ text }) => text)).toEqual([
    '行政许可',
    '',
    '7',
  ]);
});

test('takes numbers that the style prints out of attributes', () => {
  const cell = (n: string) => `<td class=n data-n="${n}"></td>`;
  const table = `<table><tr><td>规章</td>${cell('3')}${cell('')}</tr><tr><td>行政许可</td>${cell('0')}${cell('甲')}</tr></table>`;
  const style = '<style>td.n::before{content:attr(data-n)}</style>';
  const { tables } = readHtmlPage(`<body>${style}${table}</body>`);
  expect(tables).toHaveLength(1);
  expect(tables[0]?.cells.map(({ text }) => text)).toEqual(['规章', '3', '', '行政许可', '0', '']);
});

test('keeps blank lines of cells that hold several rows each', () => {
  const row = ['甲<br>乙<br>丙', '1<br><br>3', '<br>2<br>', '4<br>5<br>6'];
  const page = `<table><tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr><tr><td>一<br><br>二</td><td>7</td><td></td><td></td></tr></table>`;
  expect(readHtmlPage(page).tables[0]?.cells.map(({ text }) => text)).toEqual([
    '甲\n乙\n丙',
    '1\n\n3',
    '\n2\n',
    '4\n5\n6',
    '一\n二',
    '7',
    '',
    '',
  ]);
});

describe('readHtmlPage', () => {
  test('writes superscript digits as such: they refer to notes', () => {
    const table = TABLE.replace('>7<', '>7<sup>[1]</sup><').replace('>12<', '>12<span style="vertical-align: super">2</span><'); // prettier-ignore
    const parts = readHtmlPage(page(ARTICLE.replace(TABLE, table)));
    expect(rowsOf(parts.tables[0]).slice(2)).toEqual([
      ['规章', '0', '', '7[¹]'],
      ['行政规范性文件', '3', '0', '12²'],
    ]);
  });

  test('keeps the article as body and the site around it as furniture', () => {
    const parts = readHtmlPage(
      page(
        `${MENU}<h1>年度报告</h1><div class=info>发布时间：2025-01-21 来源：水务局</div><div>${ARTICLE}</div>${FOOTER}`,
      ),
    );
    expect(textsOf(parts)[0]).toMatch(/^根据《中华人民共和国/);
    expect(textsOf(parts).at(-1)).toBe('2025年1月20日');
    expect(textsOf(parts, 'furniture')).toEqual(
      expect.arrayContaining(['首页', '年度报告', '发布时间：2025-01-21 来源：水务局', '苏ICP备05000000号']),
    );
    expect(parts.tables).toHaveLength(1);
  });

  test('keeps a footer out of an article that stands bare in the body', () => {
    const parts = readHtmlPage(page(MENU + ARTICLE + FOOTER));
    expect(textsOf(parts, 'furniture').join()).toContain('0517-1234567');
    expect(textsOf(parts)).toContain('某某县水务局');
  });

  test('does not count the site’s own tables as tables of the report', () => {
    const properties = '<table><tr><td>索引号</td><td>0012</td><td>发布机构</td><td>水务局</td></tr></table>';
    const parts = readHtmlPage(page(`<div>${properties}${ARTICLE}</div>`));
    expect(parts.tables).toHaveLength(1);
    expect(textsOf(parts, 'furniture')).toContain('索引号\t0012\t发布机构\t水务局');
  });

  test('dissolves layout tables around the article', () => {
    const parts = readHtmlPage(
      page(
        `<table><tr><td>${MENU.repeat(8)}</td><td><table><tr><td>标题</td></tr><tr><td>${ARTICLE}</td></tr></table></td></tr></table>`,
      ),
    );
    expect(parts.tables.map((table) => table.rowCount)).toEqual([4]);
    expect(textsOf(parts)).toContain('一、总体情况');
  });

  test('reads spans, blank cells and evidence of a table', () => {
    const [table] = readHtmlPage(page(ARTICLE)).tables;
    expect(rowsOf(table)).toEqual([
      ['第二十条第（一）项(1x4)'],
      ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
      ['规章', '0', '', '7'],
      ['行政规范性文件', '3', '0', '12'],
    ]);
    expect(table).toMatchObject({ geometry: 'exact', rowCount: 4, columnCount: 4 });
    expect(table?.cells.at(-1)?.evidence).toEqual({ kind: 'cell', table: 0, row: 3, column: 3 });
  });

  test('gives text blocks offsets into the joined text', () => {
    const parts = readHtmlPage(page(ARTICLE));
    const texts = parts.blocks.flatMap((block) => (block.kind === 'table' ? [] : [block]));
    const joined = texts.map((block) => block.text).join('\n');
    for (const { text, evidence } of texts) {
      expect(evidence.kind === 'span' ? joined.slice(evidence.start, evidence.end) : null).toBe(text);
    }
  });

  test('survives missing end tags, tables in paragraphs and a missing tbody', () => {
    const sloppy = ARTICLE.replace(/<\/(?:td|tr|p)>/g, '').replace('<table', '<p><table');
    expect(rowsOf(readHtmlPage(page(sloppy)).tables[0])[3]).toEqual(['行政规范性文件', '3', '0', '12']);
  });

  test('takes struck-out text for removed beside its correction, and keeps it in doubt where it stands alone', () => {
    const struck = ARTICLE.replace(
      '<td>12</td>',
      '<td><s>12</s><p style="text-decoration: line-through">9</p><p>34</p></td>',
    );
    const [table] = readHtmlPage(page(`${struck}<p>共<strike>5</strike>6件</p>`)).tables;
    expect(rowsOf(table)[3]?.at(-1)).toBe('34');
    const whole = readHtmlPage(page(`<s>${ARTICLE}</s>`));
    expect(rowsOf(whole.tables[0])).toEqual(rowsOf(readHtmlPage(page(ARTICLE)).tables[0]));
    expect(
      whole.tables[0]?.cells.filter(({ text, confidence }) => text !== '' && confidence !== 0.5),
    ).toEqual([]);
    expect(textsOf(whole)).toEqual(textsOf(readHtmlPage(page(ARTICLE))));
  });

  test('leaves out hidden elements and the second copy of an article', () => {
    const hidden = readHtmlPage(page(`<div>${ARTICLE}<span style="display: none">隐藏</span></div>`));
    expect(textsOf(hidden).join()).not.toContain('隐藏');
    expect(codesOf(hidden)).toContain('HIDDEN_TEXT_SKIPPED');
    const byClass = readHtmlPage(
      page(`<div>${ARTICLE}<p class=x>隐藏</p></div>`, '<style>.x { display:none }</style>'),
    );
    expect(textsOf(byClass).join()).not.toContain('隐藏');
    const twice = readHtmlPage(page(`<div class=pc>${ARTICLE}</div><div class=phone>${ARTICLE}</div>`));
    expect(twice.tables).toHaveLength(1);
    expect(codesOf(twice)).toContain('MARKUP_REPAIRED');
  });

  test('takes text that a class of the style sheet strikes out for removed', () => {
    const style = '<style>td .old, .gone { color: red; text-decoration: line-through }</style>';
    const table = TABLE.replace('>7<', '><i class="old">15</i>7<');
    expect(rowsOf(readHtmlPage(page(ARTICLE.replace(TABLE, table), style)).tables[0])[2]).toEqual([
      '规章',
      '0',
      '',
      '7',
    ]);
  });

  describe('of tabs and folded sections', () => {
    const panel = (content: string, style = 'display:none') =>
      `<div class="panel" style="${style}">${content}</div>`;
    const [before = '', behind = ''] = ARTICLE.split(TABLE);

    test('reads the hidden panels that carry tables of the report, and those beside them', () => {
      const parts = readHtmlPage(page(panel(before, '') + panel(TABLE) + panel(behind)));
      expect(rowsOf(parts.tables[0])).toContainEqual(['行政规范性文件', '3', '0', '12']);
      expect(textsOf(parts)).toContain('2025年1月20日');
    });

    test('leaves a draft hidden that brings no table of another kind', () => {
      const draft = panel(ARTICLE.replace('>12<', '>99<'));
      const parts = readHtmlPage(page(`${draft}<div>${ARTICLE}</div>`));
      expect(parts.tables).toHaveLength(1);
      expect(rowsOf(parts.tables[0])).toContainEqual(['行政规范性文件', '3', '0', '12']);
    });
  });

  test('keeps hidden content where the report itself is hidden', () => {
    expect(readHtmlPage(page(`<div style="display:none">${ARTICLE}</div>`)).tables).toHaveLength(1);
  });

  test('finds an article that the page carries as text for its scripts', () => {
    const escaped = ARTICLE.replaceAll('<', '&lt;');
    expect(readHtmlPage(page(`${MENU}<textarea>${escaped}</textarea>`)).tables).toHaveLength(1);
    const framed = `<iframe srcdoc="${escaped.replaceAll('"', '&quot;')}"></iframe>`;
    expect(readHtmlPage(page(MENU + framed)).tables).toHaveLength(1);
    expect(
      readHtmlPage(page(`${MENU}<script>var html = ${JSON.stringify(ARTICLE)};</script>`)).tables,
    ).toHaveLength(1);
  });

  test('takes tables that scripts write, or that stand in for them, where the page itself shows none', () => {
    const escaped = TABLE.replaceAll('</', '<\\/').replaceAll("'", "\\'");
    const written = `<script>document.write('${escaped}');</script>`;
    for (const holder of [written, `<noscript>${TABLE}</noscript>`]) {
      const parts = readHtmlPage(page(MENU + ARTICLE.replace(TABLE, holder)));
      expect(parts.tables.map(({ rowCount }) => rowCount)).toEqual([4]);
      const at = parts.blocks.findIndex(({ kind }) => kind === 'table');
      expect(parts.blocks[at - 1]).toMatchObject({ text: '二、主动公开政府信息情况' });
    }
    const draft = `<textarea>${TABLE.replaceAll('<', '&lt;')}</textarea>`;
    expect(readHtmlPage(page(MENU + ARTICLE.replace(TABLE, draft))).tables).toEqual([]);
    expect(readHtmlPage(page(MENU + ARTICLE + written)).tables).toHaveLength(1);
  });

  test('keeps meta tags and attachments as properties', () => {
    const head =
      '<meta name="articletitle" content="水务局年报"><meta name="PubDate" content="2025-01-21"><meta name="x" content="">';
    const parts = readHtmlPage(page(`<div>${ARTICLE}<a href="/a/1.pdf">附件</a></div>`, head));
    expect(parts.properties).toMatchObject({
      ArticleTitle: '水务局年报',
      PubDate: '2025-01-21',
      title: '某某县水务局年度报告_某某县政府网',
    });
    expect(JSON.parse(parts.properties['attachments'] ?? '')).toEqual([{ href: '/a/1.pdf', text: '附件' }]);
    expect(codesOf(parts)).not.toContain('POINTS_TO_ATTACHMENT');
  });

  const linksOf = (html: string, address: string | null = null): readonly string[] =>
    readHtmlPage(html, address).diagnostics.find(({ code }) => code === 'POINTS_TO_ATTACHMENT')?.links ?? [];
  const AT = 'http://www.gov.cn/a/b/index.html';

  test.each([
    ['a link', '<div><p>2024年年度报告</p><a href="a.pdf">下载</a></div>', 'http://www.gov.cn/a/b/a.pdf'],
    [
      'a link that only its text calls a document',
      '<p>附件：<a href="/down.jsp?id=3">2024年年度报告.docx</a></p>',
      'http://www.gov.cn/down.jsp?id=3',
    ],
    [
      'a viewer that is told its document',
      '<iframe src="/pdf/web/viewer.html?file=%2Ffiles%2F1.pdf#page=1"></iframe>',
      'http://www.gov.cn/files/1.pdf',
    ],
    ['an embedded document', '<embed src="../x.pdf">', 'http://www.gov.cn/a/x.pdf'],
    ['an object with its data', '<object data="//img.gov.cn/x.pdf"></object>', 'http://img.gov.cn/x.pdf'],
    ['a frame', '<iframe src="/report/2024"></iframe>', 'http://www.gov.cn/report/2024'],
    [
      'a picture of the report',
      '<p>年度报告</p><img src="logo.png"><img width="30" src="s.png"><img src="1.jpg">',
      'http://www.gov.cn/a/b/1.jpg',
    ],
    ['a script', '<script>PDFObject.embed("/f/2024.pdf", "#v")</script>', 'http://www.gov.cn/f/2024.pdf'],
    ['a redirection', '<meta http-equiv="refresh" content="0; url=r.wps">', 'http://www.gov.cn/a/b/r.wps'],
  ])('says where the report stands when the page only holds %s', (_, html, link) => {
    expect(linksOf(page(html), AT)).toEqual([link]);
  });

  test('counts addresses from the base that the page names, and leaves them as written without one', () => {
    const html = page('<a href="a.doc">附件</a>');
    expect(linksOf(html)).toEqual(['a.doc']);
    expect(linksOf(page('<a href="a.doc">附件</a>', '<base href="http://f.gov.cn/x/">'))).toEqual([
      'http://f.gov.cn/x/a.doc',
    ]);
  });

  test('points to attachments beside the article, not to other links of the site', () => {
    const beside = `<div>${'关于公布年度报告的说明，详见附件。'.repeat(5)}</div>`;
    const links = '<div><a href="/n/1.doc">通知公告</a></div><div><a href="/f/2024.doc">附件1</a></div>';
    expect(linksOf(page(beside + links), AT)).toEqual(['http://www.gov.cn/f/2024.doc']);
  });

  test('points nowhere from a page that holds the report, whatever is attached', () => {
    expect(linksOf(page(`<div>${ARTICLE}<a href="/a/1.pdf">附件</a></div>`))).toEqual([]);
  });

  test('points to attachments from a page with other tables', () => {
    const properties =
      '<table><tr><td>索引号</td><td>0014/2024</td></tr><tr><td>文号</td><td>无</td></tr></table>';
    expect(
      linksOf(page(`<div>${properties}<p>年度报告见附件</p><a href="/1.xls">附件</a></div>`), AT),
    ).toEqual(['http://www.gov.cn/1.xls']);
  });
});

describe('readHtmlFragment', () => {
  test('takes everything for content', () => {
    const parts = readHtmlFragment('<p>第一段<br>第二行</p><table><tr><td>a</td><td>1</td></tr></table>');
    expect(textsOf(parts)).toEqual(['第一段', '第二行']);
    expect(rowsOf(parts.tables[0])).toEqual([['a', '1']]);
  });

  test('keeps lines in cells, and joins text that office programs cut into spans', () => {
    const cell =
      '<td><p class=MsoNormal><span style="mso-x:y">行政</span><span>许可<o:p></o:p></span></p><p>第二段</p></td>';
    const [table] = readHtmlFragment(`<table><tr>${cell}<td>a<br>b</td></tr></table>`).tables;
    expect(rowsOf(table)).toEqual([['行政许可\n第二段', 'a\nb']]);
  });

  test('drops conditional comments and takes line breaks between Chinese characters out', () => {
    const parts = readHtmlFragment(
      '<p>政府信息\r\n公开<!--[if gte mso 9]><xml>x</xml><![endif]--><![if !supportLists]>一、<![endif]>情况</p>',
    );
    expect(textsOf(parts)).toEqual(['政府信息公开一、情况']);
  });

  test('makes a table in a data cell a table of its own, and text where it has one cell', () => {
    const inner = '<table><tr><td>x</td><td>1</td></tr></table>';
    const parts = readHtmlFragment(
      `<table><tr><td>a</td><td>${inner}</td></tr><tr><td>b</td><td><table><tr><td>5</td></tr></table></td></tr></table>`,
    );
    expect(parts.tables.map(rowsOf)).toEqual([[['a', ''], ['b', '5']], [['x', '1']]]); // prettier-ignore
  });

  test('puts the foot of a table last and keeps values of input fields', () => {
    const [table] = readHtmlFragment(
      '<table><tfoot><tr><td>总计</td><td>2</td></tr></tfoot><tr><td>a</td><td><input value="12"></td></tr></table>',
    ).tables;
    expect(rowsOf(table)).toEqual([['a', '12'], ['总计', '2']]); // prettier-ignore
  });

  test('reads what text fields and lists of options show, and nothing of hidden ones', () => {
    const [table] = readHtmlFragment(
      '<table><tr><td>a</td><td><textarea>12</textarea></td>' +
        '<td><select><option>0</option><option selected>7</option></select></td>' +
        '<td><select><option>5</option><option>6</option></select></td>' +
        '<td><input type="hidden" value="8"><input style="display:none" value="9"></td></tr></table>',
    ).tables;
    expect(rowsOf(table)).toEqual([['a', '12', '7', '5', '']]);
  });
});

describe('markup made to hurt', () => {
  const pieces = [
    '<div>',
    '<b><p>',
    '<table><tr><td>',
    '<p><div>',
    '<ul><li>',
    '<i><a href=1>',
    '<font><div>',
  ];
  test.each(pieces)('ends in time for a hundred thousand %s', async (piece) => {
    const milliseconds = await processorTime(() => {
      const parts = readHtmlPage(`<html>${piece.repeat(100_000)}年度报告`);
      expect(textsOf(parts).concat(textsOf(parts, 'furniture')).join()).toContain('年度报告');
    });
    expect(milliseconds).toBeLessThan(A_MINUTE);
  });

  test('ends in time for style sheets and scripts without ends', async () => {
    const milliseconds = await processorTime(() => {
      readHtmlPage(`<html><style>${'@media '.repeat(100_000)}</style>`);
      readHtmlPage(`<html><style>${'a,'.repeat(500_000)}{display:none}</style>`);
      readHtmlPage(`<html><script>${'"\\'.repeat(100_000)}</script>`);
    });
    expect(milliseconds).toBeLessThan(A_MINUTE);
  });

  test('reads a table of ten thousand cells in seconds', async () => {
    const rows = `<tr>${'<td>12</td>'.repeat(10)}</tr>`.repeat(1_000);
    const milliseconds = await processorTime(() => {
      expect(readHtmlPage(`<html><table>${rows}</table>`).tables[0]?.cells).toHaveLength(10_000);
    });
    expect(milliseconds).toBeLessThan(A_MINUTE);
  });
});
