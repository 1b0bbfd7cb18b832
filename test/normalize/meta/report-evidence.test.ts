import { describe, expect, it } from '@jest/globals';
import { comparesReports, reportEvidence } from '../../../src/normalize/meta/report-evidence.js';
import { textDocument } from '../../helpers/text-document.js';

const score = (text: string): number => reportEvidence(textDocument(text)).score;

describe('reportEvidence', () => {
  it('believes a report, even one without a title', () => {
    const body = `根据《中华人民共和国政府信息公开条例》要求编制本报告。数据的统计期限自2022年1月1日起至2022年12月31日止。
一、总体情况
${'我局认真做好政府信息公开工作，'.repeat(12)}
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况`;
    expect(score(body)).toBeGreaterThan(0.95);
    expect(score(`青石县水务局2022年政府信息公开工作年度报告\n${body}`)).toBeGreaterThan(0.99);
  });

  it.each([
    [
      'a notice',
      '青石市人民政府办公室\n关于做好2025年政府信息公开工作年度报告\n编制和发布工作的通知\n各县、区人民政府，市政府各部门：\n现就有关事项通知如下：',
    ],
    [
      'an English summary',
      '青石部2017年政府信息公开工作年度报告\nOverview - The report outlines the efforts to enhance government transparency and public engagement',
    ],
    [
      'a page of a flip book',
      'Page 9 - 2020年报_审计局\nP. 9\n四、结转下年度继续办理 0 0 0\n四、政府信息公开行政复议、行政诉讼情况\n未出现申请行政复议的情况。',
    ],
    [
      'a list of titles',
      '政府信息公开年报\n2023年政府信息公开工作年度报告\n2022年政府信息公开工作年度报告\n2021年政府信息公开工作年度报告',
    ],
    [
      'a template',
      '政府信息公开工作年度报告格式模板\n一、总体情况\n（在此填写）\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量',
    ],
    [
      'a form with a word where the text belongs',
      '一、总体情况\n（文字描述）\n二、主动公开政府信息情况\n第二十条第（一）项\n三、收到和处理政府信息公开申请情况',
    ],
    ['an index', '政府信息公开部门目录政务公开法定主动公开内容'],
  ])('does not take %s for one', (_, text) => {
    expect(score(text)).toBeLessThan(0.5);
  });

  it('says why', () => {
    expect(reportEvidence(textDocument('青石县水务局2022年政府信息公开工作年度报告')).reasons).toContain(
      'title of a report +2.5',
    );
  });
});

describe('reports of two years set against each other', () => {
  it('are told by the words over them', () => {
    const compared = '青石市 政务公开年报比对\n年份：2023 vs 2024\n2023年报告\n2024年报告\n一、总体情况';
    expect(comparesReports(textDocument(compared))).toBe(true);
  });

  it('are not taken for a report that compares its own numbers with those of the year before', () => {
    const report =
      '青石市2024年政府信息公开工作年度报告\n本报告根据条例编制。\n一、总体情况\n与上年对比，公开增加。';
    expect(comparesReports(textDocument(report))).toBe(false);
    for (const said of ['本年度报告比较全面地反映了情况。', '本年度报告对比上年有所改进。'])
      expect(comparesReports(textDocument(`青石市水务局\n${said}`))).toBe(false);
  });
});
