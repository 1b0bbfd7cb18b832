import { describe, expect, it } from '@jest/globals';
import { readHeading } from '../../src/normalize/section-headings.js';
import { readSections } from '../../src/normalize/sections.js';
import { textDocument } from '../helpers/text-document.js';

describe('readHeading', () => {
  it.each([
    ['一、总体情况', 'overview'],
    ['第一部分 概述', 'overview'],
    ['1. 总体情况', 'overview'],
    ['总体情况', 'overview'],
    ['## 二、主动公开政府信息情况', 'disclosure'],
    ['二、行政机关主动公开政府信息的情况', 'disclosure'],
    ['三、收到和处理信息公开申请情况', 'applications'],
    ['三、政府信息公开申请接收与办理情况', 'applications'],
    ['四、因政府信息公开工作被申请行政复议、提起行政诉讼情况', 'review_and_litigation'],
    ['四、政府信息公开行政复议及行政诉讼情况', 'review_and_litigation'],
    ['五、现存问题与改进举措', 'problems'],
    ['五、当前存在的主要问题及下步改进措施', 'problems'],
    ['l六、其他需要报告的事项', 'other_matters'],
    ['六、其他事项', 'other_matters'],
    ['政府信息公开情况统计表', 'statistics'],
    ['三、多措并举，全面公开', 'unknown'],
    ['一、', 'unknown'],
  ])('reads %s as %s', (line, kind) => {
    expect(readHeading(line)?.kind).toBe(kind);
  });

  it.each([
    '（一）主动公开情况',
    '本报告包括总体情况、主动公开政府信息情况、其他需要报告的事项。',
    '2022年，我局做好工作。',
    '1.属于国家秘密',
    '主动公开',
  ])('takes %s for text', (line) => {
    expect(readHeading(line)).toBeNull();
  });
});

describe('readSections', () => {
  it('gives each section its text and leaves out what stands before the first', () => {
    const sections = readSections(
      textDocument(
        '青石县水务局2022年报告\n前言。\n一、总体情况\n甲。\n（一）主动公开\n乙。\n二、主动公开政府信息情况\n- 3 -\n丙。',
      ),
    );
    expect(sections).toEqual([
      { kind: 'overview', heading: '一、总体情况', text: '甲。\n（一）主动公开\n乙。' },
      { kind: 'disclosure', heading: '二、主动公开政府信息情况', text: '丙。' },
    ]);
  });

  it('finds headings that a converter ran into the paragraph before', () => {
    const sections = readSections(
      textDocument(
        '报告如下（电话：1）。一、总体情况　　（一）主动公开。好。二、行政机关主动公开政府信息情况',
      ),
    );
    expect(sections.map((section) => section.kind)).toEqual(['overview', 'disclosure']);
    expect(sections[0]?.text).toBe('（一）主动公开。好。');
  });

  it('parts a signature from the annex that was run into it', () => {
    const sections = readSections(
      textDocument('前言\n一、概述\n好。\n2015年1月2日附件：政府信息公开情况统计表'),
    );
    expect(sections.map((section) => [section.kind, section.text])).toEqual([
      ['overview', '好。\n2015年1月2日'],
      ['statistics', ''],
    ]);
  });

  it('keeps a text without headings as one section of unknown kind', () => {
    expect(readSections(textDocument('我局做好工作。\n没有标题。'))).toEqual([
      { kind: 'unknown', heading: '', text: '我局做好工作。\n没有标题。' },
    ]);
    expect(readSections(textDocument(''))).toEqual([]);
  });

  it('does not take site furniture for sections', () => {
    expect(
      readSections(textDocument('~一、网站导航\n前言\n一、总体情况\n甲。')).map((s) => s.heading),
    ).toEqual(['一、总体情况']);
  });
});
