import * as prose from './prose.mjs';
import { figuresOf, tablesOf } from './report.mjs';
import { mapTables, meta, sample, transport } from './sample.mjs';
import { htmlTable, wordPaste } from './write-html.mjs';

export function makeHtmlSamples() {
  return [htmlSitePage(), htmlWordPaste(), htmlWrongArithmetic(), htmlBehindWordName(), htmlNotAReport()];
}

function htmlSitePage() {
  const truth = transport();
  const tables = tablesOf('2021', truth.figures, (value) => (value === 0 ? '0' : (value ?? '')));
  const article = prose
    .sixSections({ ...prose.TRANSPORT, tables: mapTables(tables, (grid) => htmlTable(grid)) })
    .map((block) => (typeof block === 'string' ? block : `<p>${block.heading ?? `　　${block.paragraph}`}</p>`));
  const page = `<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>${prose.TRANSPORT.title}_云州市人民政府</title>
<meta name="ArticleTitle" content="${prose.TRANSPORT.title}"><meta name="PubDate" content="2024-01-23 09:15"><meta name="ContentSource" content="云州市交通运输局">
<script>var total = 43; document.write('<table><tr><td>本年新收</td><td>99</td></tr></table>');</script></head>
<body>
<div class="header"><a href="/">首页</a> <a href="/zwgk">政务公开</a> <a href="/bszn">办事服务</a> <form><input value="请输入关键字"></form></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; 政府信息公开年报 &gt; 正文</div>
<table class="layout" width="100%"><tr><td class="left"><ul><li><a href="1.html">云州市2022年政府信息公开工作年度报告</a> 2023-03-30</li><li><a href="2.html">政府信息公开指南</a></li></ul></td>
<td class="main"><h1>${prose.TRANSPORT.title}</h1><div class="info">发布时间：2024-01-23　来源：云州市交通运输局　浏览次数：1288　【字体：大 中 小】</div>
<div id="zoom" class="TRS_Editor">
${article.join('\n')}
</div><div class="share">分享到：微信 微博　打印本页　关闭窗口</div></td></tr></table>
<div class="related"><h3>相关链接</h3><ul><li><a href="3.html">云州市水务局2023年政府信息公开工作年度报告</a> 2024-01-19</li></ul></div>
<div class="footer">主办：云州市人民政府办公室　技术支持电话：0832-2039999　地址：云州市人民路1号　邮编：641001　蜀ICP备00000000号</div>
</body></html>
`;
  return sample('html/site-page-gbk.html', toGbk(page), {
    ...truth,
    // The page says when it was published; the date under the report is when it was signed.
    meta: { ...truth.meta, published_on: '2024-01-23' },
    shows: 'GBK behind a gb2312 declaration; the article sits in a layout table among navigation, other reports, and a footer with its own telephone, address and postcode',
  });
}


function htmlWordPaste() {
  const figures = figuresOf({
    form: '2021',
    numbers: {
      'disclosure.normative_documents.in_force': 6,
      'disclosure.licensing.decisions': 31207,
      'disclosure.penalties.decisions': 1442,
      'disclosure.coercion.decisions': 57,
      'review.upheld': 12,
      'review.corrected': 3,
      'review.other': 9,
      'review.pending': 2,
      'review.total': 26,
      'litigation_after_review.upheld': 4,
      'litigation_after_review.total': 4,
    },
    applications: {
      new: [160, 21, 0, 0, 5, 2],
      carried_over: [6, 0, 0, 0, 0, 0],
      granted: [52, 8, 0, 0, 2, 1],
      partially_granted: [31, 2, 0, 0, 1, 0],
      'refused.enforcement_file': [18, 3, 0, 0, 0, 0],
      'unavailable.not_held': [22, 5, 0, 0, 1, 1],
      'unavailable.requires_creation': [9, 0, 0, 0, 0, 0],
      'not_processed.petition': [27, 2, 0, 0, 0, 0],
      'not_processed.duplicate': [3, 0, 0, 0, 0, 0],
      carried_forward: [4, 1, 0, 0, 1, 0],
    },
  });
  const print = (value) => (value === null ? '' : value.toLocaleString('en-US'));
  const tables = tablesOf('2021', figures, print);
  const html = webPage(prose.MARKET, mapTables(tables, (grid) => htmlTable(grid, wordPaste, ' class="MsoTableGrid"')), wordPaste);
  return sample('html/word-paste.html', Buffer.from(html), {
    form: '2021',
    figures,
    meta: {
      ...meta('海城区市场监督管理局', 2024, prose.MARKET.title),
      published_on: '2025-01-17',
      postcode: '536000',
      phone: '0779-3035521',
      address: '海城区解放北路9号',
    },
    shows: 'pasted from Word: a span every two characters, Office paragraphs in every cell, thousands separators',
  });
}


function htmlWrongArithmetic() {
  const figures = figuresOf({
    form: '2021',
    numbers: { 'disclosure.licensing.decisions': 88, 'disclosure.penalties.decisions': 12 },
    applications: { new: [11, 1, 0, 0, 0, 0], carried_over: [1, 0, 0, 0, 0, 0], granted: [10, 1, 0, 0, 0, 0] },
    // The report prints 12 outcomes where it lists 10, and a total of 12 where the columns make 11.
    slips: { 'applications.total.natural_person': 12, 'applications.granted.total': 12 },
  });
  const tables = tablesOf('2021', figures);
  const html = webPage(prose.EDUCATION, mapTables(tables, (grid) => htmlTable(grid)), (text) => text);
  return sample('html/wrong-arithmetic.html', Buffer.from(html), {
    form: '2021',
    figures,
    expectFailed: ['sum'],
    meta: {
      ...meta('临河县教育体育局', 2021, prose.EDUCATION.title),
      published_on: '2022-01-14',
      phone: '0476-6123308',
    },
    shows: 'sums that the report itself got wrong: kept as printed, and flagged',
  });
}


function htmlBehindWordName() {
  const figures = figuresOf({
    form: '2019',
    numbers: { 'disclosure.penalties.previous_items': 12, 'disclosure.penalties.change': -3, 'disclosure.penalties.decisions': 40 },
    applications: { new: [24, 3, 0, 0, 0, 0], granted: [18, 2, 0, 0, 0, 0], carried_forward: [6, 1, 0, 0, 0, 0] },
    blank: ['review.', 'litigation_'],
  });
  const marks = (value, key) => (value === null ? '/' : key.endsWith('.change') && value < 0 ? `减${-value}` : value);
  const tables = tablesOf('2019', figures, marks);
  const html = webPage(prose.LAND, mapTables(tables, (grid) => htmlTable(grid)), (text) => text);
  return sample('html/named-as-word.doc', Buffer.from(`\uFEFF${html}`, 'utf16le'), {
    form: '2019',
    figures,
    meta: meta('松山县自然资源局', 2019, prose.LAND.title),
    shows: 'a page in UTF-16 behind the name of a Word file; a decrease printed as 减3, marks for what does not apply',
  });
}


function htmlNotAReport() {
  const { title, text } = prose.NOTICE;
  const rows = [
    ['单位', '报送时限', '联系人'],
    ['各乡镇', '1月10日', '办公室'],
    ['县直部门', '1月15日', '办公室'],
  ];
  const body = [...text.map((line) => `<p>${line}</p>`), htmlTable(rows.map((row) => row.map((one) => ({ text: one, columns: 1, rows: 1 })))), '<p>2023年12月20日</p>'];
  return sample('html/not-a-report.html', Buffer.from(page(title, body)), {
    form: 'none',
    figures: {},
    meta: null,
    shows: 'a notice about writing such reports: it names every section and is none',
  });
}


function webPage(report, tables, wrapText) {
  const blocks = prose.sixSections({ ...report, tables });
  const body = blocks.map((block) => (typeof block === 'string' ? block : `<p>${wrapText(block.heading ?? block.paragraph)}</p>`));
  return page(report.title, body);
}


function page(title, body) {
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${title}</title></head><body>\n<h2>${title}</h2>\n${body.join('\n')}\n</body></html>\n`;
}


function toGbk(text) {
  const decoder = new TextDecoder('gbk');
  const codes = new Map();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && character !== '\uFFFD' && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
  const bytes = [...text].flatMap((character) => {
    if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)];
    const code = codes.get(character);
    if (!code) throw new Error(`${character} is not in GBK`);
    return code;
  });
  return Buffer.from(bytes);
}
