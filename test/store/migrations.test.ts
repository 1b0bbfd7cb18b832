import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { systemClock } from '../../src/ports/clock.js';
import { openRunStore } from '../../src/store/open-stores.js';
import { aRecord } from '../helpers/record-builder.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';
import { admitOne, finish } from './store-suite.js';

describe('a store that an earlier version made', () => {
  const folder = new TemporaryFolder();
  afterAll(() => folder.remove());

  it('is brought up to date: words of what was read before are found', async () => {
    const settings = { dataFolder: folder.path, databaseUrl: null, s3: null };
    const before = await openRunStore(settings, systemClock);
    const sections = [{ kind: 'overview', heading: '一、总体情况', text: '公交线路\n调整' }] as const;
    await finish(before, (await admitOne(before, 'a')).runKey, aRecord({ sections }));
    await before.close();
    const database = new Libsql(join(folder.path, 'gongkai.sqlite'));
    database.exec(
      'drop table text_grams; drop table texts; delete from migrations where id >= 4; drop index runs_agency_source; create index runs_agency on runs (agency_id)',
    );
    database.close();
    const after = await openRunStore(settings, systemClock);
    const found = (text: string) => after.documentIds({ text }, { after: null, limit: 5 });
    expect(await found('线路调整')).toHaveLength(1);
    expect(await found('总体')).toHaveLength(1);
    expect(await found('别的')).toEqual([]);
    await after.close();
  });
});
