import { describe, expect, it } from '@jest/globals';
import { readText, rowsOf } from './helpers.js';

describe('cells on lines behind tabs', () => {
  it('ends a row at a blank line and joins the lines of a cell', async () => {
    const document = await readText(
      '二、主动公开政府信息情况\n\t信息内容\n\t本年新\n制作数量\n\n\t规章\n\t　0\n\n\t行政许可\n\t\n\n三、收到和处理政府信息公开申请情况\n',
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['信息内容', '本年新\n制作数量'],
      ['规章', '0'],
      ['行政许可', ''],
    ]);
    expect(document.tables[0]?.geometry).toBe('ordered');
  });

  it('takes text under blank lines for the tall cell that was opened empty', async () => {
    const document = await readText(
      '\t一、新收\n\t2\n\t0\n\n\t\n\n\n\n三、办理结果\n\t（一）予以公开\n\t2\n\t0\n',
    );
    expect(rowsOf(document.tables[0])[1]).toEqual(['三、办理结果', '（一）予以公开', '2', '0']);
  });
});

describe('rows between tabs', () => {
  it('is exact where all rows are even', async () => {
    const document = await readText(
      '信息内容\t本年制发件数\t本年废止件数\n规章\t1\t0\n行政规范性文件\t5\t2\n',
    );
    expect(document.tables[0]?.geometry).toBe('exact');
  });

  it('takes two tabs for one break where all breaks are double, and keeps the blank cells between them', async () => {
    const document = await readText(
      '信息内容\t\t本年制发件数\t\t本年废止件数\n规章\t\t \t\t3\n行政规范性文件\t\t5\t\t \n',
    );
    expect(rowsOf(document.tables[0]).slice(1)).toEqual([
      ['规章', '', '3'],
      ['行政规范性文件', '5', ''],
    ]);
  });

  it('moves back a row that one tab too many shifted, and says aligned', async () => {
    const document = await readText(
      '信息内容\t本年制发件数\t本年废止件数\n\t规章\t1\t0\n行政规范性文件\t5\t2\n行政许可\t7\t\n',
    );
    expect(document.tables[0]?.geometry).toBe('aligned');
    expect(rowsOf(document.tables[0])[1]).toEqual(['规章', '1', '0']);
  });

  it('joins a label with the values printed under it', async () => {
    const document = await readText(
      '一、新收\t1\t2\t3\n二、结转\t\t\t\n\t4\t5\t9\n四、结转下年度\t0\t0\t0\n',
    );
    expect(rowsOf(document.tables[0])[1]).toEqual(['二、结转', '4', '5', '9']);
  });

  it('is only ordered where a label stands in a column of numbers', async () => {
    const document = await readText('一、新收\t\t1\t1\n（三）不予公开\t1.属于国家秘密\t0\t0\n\t\t2.其他\t\n');
    expect(document.tables[0]?.geometry).toBe('ordered');
  });
});

describe('rows between pipes', () => {
  it('stitches a Markdown table that pages cut and drops the empty header between', async () => {
    const document = await readText(
      '| 统计指标 | 单位 | 统计数 |\n|--|--|--|\n| 1. 当面申请数 | 件 | 3 |\n\n| | | |\n|--|--|--|\n| 2. 传真申请数 | 件 | |\n',
    );
    expect(document.tables).toHaveLength(1);
    expect(rowsOf(document.tables[0])).toEqual([
      ['统计指标', '单位', '统计数'],
      ['1. 当面申请数', '件', '3'],
      ['2. 传真申请数', '件', ''],
    ]);
    expect(document.diagnostics.map((diagnostic) => diagnostic.code)).toContain('TABLE_STITCHED');
  });

  it('reads rows without outer pipes, escaped pipes and marks', async () => {
    const document = await readText('信息内容| 数量\n---|---\n规\\|章| \\\n**合计**| 4\n');
    expect(rowsOf(document.tables[0])).toEqual([
      ['信息内容', '数量'],
      ['规|章', '\\'],
      ['合计', '4'],
    ]);
  });

  it('takes full-width pipes for separators, around the rows or only between cells', async () => {
    const rows = [
      ['信息内容', '本年制发件数', '本年废止件数'],
      ['', '0', '\\'],
      ['规章', '\\', '0'],
    ];
    const texts = [
      rows.map((row) => `｜${row.join('｜')}｜`),
      rows.map((row) => row.join('｜')),
      rows.map((row) => `|${row.join('|')}|`),
    ];
    for (const lines of texts) {
      const document = await readText(`${lines.join('\n')}\n`);
      expect(rowsOf(document.tables[0])).toEqual(rows);
    }
  });

  it('reads a cell a line with a pipe behind it', async () => {
    const document = await readText(
      '第二十条第(一)项 |\n||||\n信息内容 |\n本年新 |\n\n规章 |\n0 |\n-1942 |\n|\n行政许可 |\n8 |\n+43 |\n|\n',
    );
    expect(rowsOf(document.tables[0]).slice(-1)).toEqual([['行政许可', '8', '+43']]);
  });
});

describe('rows filled up with pipes', () => {
  const CAPTION = '第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n';

  it('takes pipes glued to each other for no cells, as blank cells are left out before them', async () => {
    const document = await readText(`${CAPTION}规章 | |||\n行政规范性文件 | 2 | ||\n行政许可 | 5 | ||\n`);
    expect(rowsOf(document.tables[0])).toEqual([
      ['第二十条第（一）项'],
      ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
      ['规章'],
      ['行政规范性文件', '2'],
      ['行政许可', '5'],
    ]);
    expect(document.tables[0]?.geometry).toBe('ordered');
  });

  it('finds the rows of cells on lines of their own by the width of the table', async () => {
    const document = await readText(
      '第二十条第（五）项 |\n||||\n信息内容 |\n上一年项目数量 |\n本年增/减 |\n处理决定数量 |\n|\n' +
        '行政许可 |\n0 |\n|\n7 |\n|\n其他对外管理服务事项 |\n3 |\n-1 |\n2 |\n|\n',
    );
    expect(rowsOf(document.tables[0]).slice(1)).toEqual([
      ['信息内容', '上一年项目数量', '本年增/减', '处理决定数量'],
      ['行政许可', '0', '', '7'],
      ['其他对外管理服务事项', '3', '-1', '2'],
    ]);
  });

  it('keeps a blank cell at the end of a row among rows without fill', async () => {
    const document = await readText(
      '第二十条第（一）项 |\n|||\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n规章 |\n1 |\n0 |\n|\n行政规范性文件 |\n4 |\n|\n9 |\n',
    );
    expect(rowsOf(document.tables[0]).slice(2)).toEqual([
      ['规章', '1', '0', ''],
      ['行政规范性文件', '4', '', '9'],
    ]);
  });

  it('takes a line that begins with a pipe for the rest of the row above, behind a blank cell', async () => {
    const document = await readText(`${CAPTION}规章 |\n| 3 |\n|\n行政规范性文件 | 2 |\n| 8 |\n`);
    expect(rowsOf(document.tables[0]).slice(2)).toEqual([
      ['规章', '', '3', ''],
      ['行政规范性文件', '2', '', '8'],
    ]);
  });

  it("leaves the pipe in front of Markdown's rows out, with each cell on a line of its own", async () => {
    const document = await readText(
      '| \n 第二十条第（一）项  | |||\n| \n 信息内容  | \n 本年制发件数  | \n 本年废止件数  | \n 现行有效件数  | \n| \n 规章  | \n 0  | \n 1  | \n 6  | \n',
    );
    expect(rowsOf(document.tables[0]).slice(1)).toEqual([
      ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
      ['规章', '0', '1', '6'],
    ]);
  });

  it('ends the rows before the title of the next section', async () => {
    const document = await readText(
      `${CAPTION}规章 | 0 | 1 | 6 |\n三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 | 3 | 0 | 3 |\n二、上年结转政府信息公开申请数量 | 1 | 0 | 1 |\n`,
    );
    expect(document.tables).toHaveLength(2);
  });

  it('reads rows that end with a pipe, the first of them alone on its line, with their blank cells', async () => {
    const document = await readText(
      '第二十条第（一）项 |\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | | 6 |\n行政规范性文件 | | | 9 |\n',
    );
    expect(rowsOf(document.tables[0]).slice(2)).toEqual([
      ['规章', '0', '', '6'],
      ['行政规范性文件', '', '', '9'],
    ]);
  });
});

describe('drawn and ruled tables', () => {
  it('reads merged cells of a box drawing with wide characters', async () => {
    const drawing = [
      '┌──────┬─────────┐',
      '│      │申请人   │',
      '│项目  ├────┬────┤',
      '│      │自然│总计│',
      '├──────┼────┼────┤',
      '│一、新│3   │4   │',
      '│收    │    │    │',
      '└──────┴────┴────┘',
    ];
    const document = await readText(`${drawing.join('\n')}\n`);
    const cells = document.tables[0]?.cells.map(({ text, rowIndex, columnIndex, rowSpan, columnSpan }) => [
      text,
      rowIndex,
      columnIndex,
      rowSpan,
      columnSpan,
    ]);
    expect(cells).toEqual([
      ['项目', 0, 0, 2, 1],
      ['申请人', 0, 1, 1, 2],
      ['自然', 1, 1, 1, 1],
      ['总计', 1, 2, 1, 1],
      ['一、新\n收', 2, 0, 1, 1],
      ['3', 2, 1, 1, 1],
      ['4', 2, 2, 1, 1],
    ]);
  });

  it('takes the lines of a framed table without inner rules for rows', async () => {
    const document = await readText(
      '+------+---+\n| a    | b |\n|------+---|\n| 规章 | 1 |\n| 许可 | 2 |\n+------+---+\n',
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['a', 'b'],
      ['规章', '1'],
      ['许可', '2'],
    ]);
  });

  it('cuts columns under rules of dashes and keeps blank cells', async () => {
    const document = await readText(
      '  ---------- ------ ------\n  信息内容   制发   废止\n\n  规章              3\n\n  行政规范   12\n  性文件\n  ---------- ------ ------\n',
    );
    expect(rowsOf(document.tables[0])).toEqual([
      ['信息内容', '制发', '废止'],
      ['规章', '', '3'],
      ['行政规范\n性文件', '12', ''],
    ]);
  });

  it('lays out the spans of an HTML table inside Markdown', async () => {
    const text =
      '# 报告\n\n<table>\n<tr><td rowspan="2">一</td><td>自然人</td></tr>\n<tr><td>3<br>件</td></tr>\n</table>\n';
    const document = await readText(text);
    expect(document.tables[0]?.cells[0]).toMatchObject({ text: '一', rowSpan: 2 });
    expect(document.tables[0]?.cells[2]).toMatchObject({ text: '3\n件', rowIndex: 1, columnIndex: 1 });
    expect(document.tables[0]?.cells[1]?.evidence).toEqual({
      kind: 'span',
      start: text.indexOf('自然人'),
      end: text.indexOf('自然人') + 3,
    });
  });

  it('reads MediaWiki, AsciiDoc and comma tables', async () => {
    const wiki = await readText('{| class="x"\n! 项目\n! 数量\n|-\n| 规章\n|\n|}\n');
    expect(rowsOf(wiki.tables[0])).toEqual([
      ['项目', '数量'],
      ['规章', ''],
    ]);
    const asciiDoc = await readText('[cols="1,1"]\n|===\n|项目 |数量\n\n|规章\n|3\n|===\n');
    expect(rowsOf(asciiDoc.tables[0])).toEqual([
      ['项目', '数量'],
      ['规章', '3'],
    ]);
    const comma = await readText('项目,甲,乙\n"规章,办法",3,4\n许可,,5\n');
    expect(rowsOf(comma.tables[0])).toEqual([
      ['项目', '甲', '乙'],
      ['规章,办法', '3', '4'],
      ['许可', '', '5'],
    ]);
  });

  it.each([';', '；', '^', '，', '……'])(
    'reads rows joined with %s, short ones too where most are so',
    async (mark) => {
      const names = ['一', '二', '三', '四', '五', '六', '七', '八'];
      const rows = [
        ['项目', '甲', '乙', '总计'],
        ...names.map((name, i) => [`${name}类申请`, `${i}`, '', `${i}`]),
      ];
      const review = [
        ['维持', '总计'],
        ['3', '3'],
      ];
      const lines = (table: readonly (readonly string[])[]): string =>
        table.map((row) => row.join(mark)).join('\n');
      const document = await readText(
        `三、收到和处理情况\n\n${lines(rows)}\n\n四、行政复议\n\n${lines(review)}\n`,
      );
      expect(document.tables.map(rowsOf)).toEqual([rows, review]);
    },
  );

  it('reads quoted cells of several lines, and leaves a lone quotation mark alone', async () => {
    const document = await readText('项目,甲,乙\n"规章\n和""办法""",3,4\n许可5",1,5\n强制,2,6\n');
    expect(rowsOf(document.tables[0])).toEqual([
      ['项目', '甲', '乙'],
      ['规章\n和"办法"', '3', '4'],
      ['许可5"', '1', '5'],
      ['强制', '2', '6'],
    ]);
  });

  it('takes no commas inside numbers for separators', async () => {
    const glued = ['规章22,11918,856', '规范性文件23,3703,403', '行政事业性收费增16,715'].join('\n');
    const document = await readText(`${`${glued}\n`.repeat(4)}\n处罚增16,715减2,130强制\n`);
    expect(document.tables.flatMap(rowsOf).flat()).not.toContain('715减2');
  });

  it('takes no running text for rows', async () => {
    const prose = '2022年，公开信息5条，其中规章3件，文件2件，全部按时公开。\n'.repeat(9);
    expect((await readText(prose)).tables).toEqual([]);
  });
});
