// How long people wait with a large store: fills a PostgreSQL database with copies of the samples' runs under other
// names, serves it, and prints the median and slowest time of each kind of request as JSON lines.
//   GONGKAI_DATABASE_URL=postgres://… node bench/browse.mjs [records]
// The database should be its own: what was there stays and is counted.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { median, print, rounded, say } from './support.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RECORDS = Number(process.argv[2] ?? 100_000);
const ROUNDS = 15;
const COPIES_A_STEP = 500;
/** What is copied: the samples' own current runs. */
const TEMPLATES = `from documents d join sources s on s.sha256 = d.sha256 join runs r on r.run_key = s.current_run
  where d.path not like 'copy-%'`;
const COPIED = `from generate_series($1::int, $2::int) g, documents d join sources s on s.sha256 = d.sha256
  join runs r on r.run_key = s.current_run where d.path not like 'copy-%'`;
/** 8,000 agencies: a place of two characters and a bureau. */
const FIRST = '河临青白松安海平云南东西北新长永清石金玉';
const SECOND = '阳江山溪州宁城川岭泉湖桥林原浦泽沙丰安平';
const BUREAUS = '水利财政教育民政统计审计交通农业商务卫健林业司法人社文旅体育环保住建应急信访市监';
const character = (text, index) => `substr('${text}', 1 + ${index}, 1)`;
const AGENCY = `(${character(FIRST, 'g % 20')} || ${character(SECOND, 'g / 20 % 20')} || '县' ||
  substr('${BUREAUS}', 1 + 2 * ((g / 400 + r.failed_checks + r.doubtful_fields) % 20), 2) || '局')`;
const HASH = `(md5(d.sha256 || g) || md5(g || d.sha256))`;
const DOCUMENT = `md5(d.id || g)`;
const RUN = `(${HASH} || '-' || r.extractor_version || '-' || r.settings_hash)`;
/** As src/store/keys.ts makes it. */
const AGENCY_ID = `left(encode(sha256(convert_to('["agency","' || ${AGENCY} || '"]', 'UTF8')), 'hex'), 32)`;
const COPY = [
  `insert into sources (sha256, bytes, media_type, current_run, first_seen_at)
   select ${HASH}, s.bytes, s.media_type, ${RUN}, s.first_seen_at ${COPIED} on conflict do nothing`,
  `insert into documents (id, sha256, uri, path, content_type, crawled_at, meta, admitted_at)
   select ${DOCUMENT}, ${HASH}, 'http://www.' || g || '.gov.cn/' || left(d.id, 6) || '.html',
     'copy-' || g || '/' || regexp_replace(d.path, '.*/', ''), d.content_type, null, d.meta,
     to_char(timestamp '2026-01-01' + g * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"')
   ${COPIED} on conflict do nothing`,
  `insert into agencies (id, name, first_seen_at)
   select distinct ${AGENCY_ID}, ${AGENCY}, r.finished_at ${COPIED} on conflict do nothing`,
  `insert into runs
   select ${RUN}, ${HASH}, ${DOCUMENT}, r.extractor_version, r.settings_hash, r.state, r.error_code, r.extractor,
     r.form, r.year, ${AGENCY_ID}, ${AGENCY}, r.confidence * (0.9 + 0.1 * random()), r.doubtful_fields,
     r.failed_checks, r.requested_at, r.finished_at, r.duration_ms, r.worker, r.record
   ${COPIED} on conflict do nothing`,
  `insert into review_items (id, run_key, sha256, document_id, kind, key, confidence, reason, seen, open)
   select md5(i.id || g), ${RUN}, ${HASH}, ${DOCUMENT}, i.kind, i.key, i.confidence * (0.5 + 0.5 * random()),
     i.reason, i.seen, i.open
   ${COPIED.replace('where', 'join review_items i on i.run_key = r.run_key where')} on conflict do nothing`,
];
/** Texts of the length that real reports have: sentences in another order each, with a few characters of their own. */
const SENTENCES_A_TEXT = 120;
const OWN_CHARACTERS = 150;
const TEXTS_A_STATEMENT = 250;
const WORDS = [
  ...[
    '全面贯彻落实条例要求',
    '主动公开政府信息',
    '依申请公开办理情况',
    '政府信息管理',
    '平台建设',
    '监督保障',
  ],
  ...[
    '本年度收到申请',
    '均在法定期限内答复',
    '未收取任何费用',
    '行政复议和行政诉讼',
    '存在的主要问题',
    '改进措施',
  ],
  ...[
    '公开内容不够全面',
    '加强业务培训',
    '提高公开质量',
    '规范性文件',
    '行政许可',
    '财政预算决算',
    '政务新媒体',
  ],
  ...[
    '公众关切',
    '政策解读',
    '领导小组',
    '工作机制',
    '信息发布审核',
    '保密审查',
    '数据共享',
    '办事指南',
    '热线电话',
  ],
];
const RARE_WORDS = '公交线路调整';
/** One report in so many tells of it. */
const RARE_EVERY = 400;
const databaseUrl = process.env.GONGKAI_DATABASE_URL;
if (!databaseUrl) {
  console.error('GONGKAI_DATABASE_URL names no database.');
  process.exit(78);
}
const folder = mkdtempSync(join(tmpdir(), 'gongkai-browse-'));
const environment = { ...process.env, GONGKAI_DATA: join(folder, 'data') };
const gongkai = join(ROOT, 'bin', 'gongkai');

try {
  await fill();
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The samples by the real path, then copies of them by SQL: sources, documents, runs, questions, agencies. */
async function fill() {
  spawnSync(gongkai, ['start', '--no-serve', '--out', join(folder, 'records.jsonl')], { env: environment });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const [{ count }] = (await client.query('select count(*)::int from runs')).rows;
  const [{ templates }] = (await client.query(`select count(*)::int as templates ${TEMPLATES}`)).rows;
  const copies = Math.ceil((RECORDS - count) / templates);
  say(`${count} records there, ${Math.max(0, copies)} copies of ${templates} to come`);
  for (let from = 0; from < copies; from += COPIES_A_STEP) {
    const to = Math.min(copies, from + COPIES_A_STEP);
    for (const statement of COPY) await client.query(statement, [from + 1, to]);
    say(`${count + to * templates} records`);
  }
  await fillTexts(client);
  await client.query('vacuum analyze');
  await client.end();
}

/** Words for the copies that have none. */
async function fillTexts(client) {
  const { foldForSearch, gramsOf } = await import('../dist/text/search-words.js');
  const { rows } = await client.query(
    `select d.sha256 from documents d left join texts t on t.sha256 = d.sha256 where t.sha256 is null and d.path like 'copy-%'`,
  );
  for (let at = 0; at < rows.length; at += TEXTS_A_STATEMENT) {
    const texts = rows.slice(at, at + TEXTS_A_STATEMENT).map(({ sha256 }, index) => {
      const body = foldForSearch(textOf(at + index));
      return { sha256, body, grams: gramsOf(body) };
    });
    await client.query('insert into texts select * from jsonb_populate_recordset(null::texts, $1)', [
      JSON.stringify(texts),
    ]);
    if (at % (40 * TEXTS_A_STATEMENT) === 0) say(`${at} texts`);
  }
}

/** The same text for the same number. */
function textOf(number) {
  let state = number * 2_654_435_761 + 1;
  const next = (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const sentences = Array.from({ length: SENTENCES_A_TEXT }, () => WORDS[next(WORDS.length)] + next(1_000));
  const own = Array.from({ length: OWN_CHARACTERS }, () => String.fromCharCode(0x4e00 + next(3_000)));
  return [...sentences, ...own, number % RARE_EVERY === 0 ? RARE_WORDS : ''].join('，');
}

async function measure() {
  const { address, close } = await serve();
  const get = async (path) => (await fetch(address + path)).json();
  const [middle] = (await get('/api/review?limit=1&below=0.8')).items;
  const page = await get('/api/review?limit=50');
  const requests = {
    'review queue, first page': '/api/review',
    'review queue, next page': `/api/review?cursor=${encodeURIComponent(page.next)}`,
    'review queue, one year and form': '/api/review?year=2020&form=2019',
    'review queue, one agency': `/api/review?agency=${encodeURIComponent('河阳县水利')}`,
    'review queue, one region': `/api/review?agency=${encodeURIComponent('河阳县')}`,
    'review queue, one check': '/api/review?kind=check&key=row:granted',
    'review queue, one batch': '/api/review?batch=samples',
    'documents to review, first page': '/api/review/documents',
    'documents to review, one region': `/api/review/documents?agency=${encodeURIComponent('河阳县')}`,
    'review summary': '/api/review/summary',
    'documents, newest': '/api/documents',
    'documents, least sure': '/api/documents?sort=confidence',
    'documents, by agency': '/api/documents?sort=agency',
    'search, part of an agency': `/api/documents?q=${encodeURIComponent('水利')}`,
    'search, one agency': `/api/documents?q=${encodeURIComponent('河阳县水利局')}`,
    'search, rare words of the text': `/api/documents?q=${encodeURIComponent(RARE_WORDS)}`,
    'search, words of half the texts': `/api/documents?q=${encodeURIComponent('未收取任何费用')}`,
    'search, words of all texts, by confidence': `/api/documents?sort=confidence&q=${encodeURIComponent('公开')}`,
    'search, one character': `/api/documents?q=${encodeURIComponent('瓯')}`,
    'search, file name': '/api/documents?q=copy-777/wrong',
    'search, nothing': `/api/documents?q=${encodeURIComponent('没有这样的机关')}`,
    'a document': `/api/documents/${middle.documentId}`,
    agencies: `/api/agencies?q=${encodeURIComponent('水利')}`,
    'an agency': `/api/agencies/${encodeURIComponent(middle.agency ?? '')}`,
    status: '/api/status',
    statistics: '/api/stats',
  };
  for (const [name, path] of Object.entries(requests)) {
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      const begin = performance.now();
      const response = await fetch(address + path);
      await response.arrayBuffer();
      times.push(performance.now() - begin);
      if (!response.ok) say(`${name}: ${response.status}`);
    }
    const first = rounded(times[0]);
    print({
      question: 'browse',
      request: name,
      records: RECORDS,
      median_ms: rounded(median(times)),
      first_ms: first,
    });
  }
  await close();
}

async function serve() {
  const server = spawn(gongkai, ['serve', '--port', '0', '--no-work'], { env: environment });
  const address = await new Promise((resolve, reject) => {
    server.stderr.on('data', (chunk) => {
      const found = /http:\/\/\S+/.exec(String(chunk));
      if (found) resolve(found[0]);
    });
    server.once('exit', () => reject(new Error('gongkai serve ended')));
  });
  const close = async () => {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  };
  return { address, close };
}
