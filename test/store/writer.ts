import { epoch } from '../../src/model/units.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { aReport } from './a-report.ts';

/** Begins and ends run after run in the folder it is given, telling each id once it is kept, until somebody kills it. */
const [folder = '', first = '0'] = process.argv.slice(2);
const { store } = await openSqliteStore(folder);
const filler = Array.from({ length: 200 }, (_, index) => `note ${index} of a report that spans several pages`);

for (let number = Number(first); ; number += 1) {
  const id = `r${number}`;
  await store.begin({ id, target: 'shop', kind: 'probe', locks: ['db'], at: epoch(number) });
  process.stdout.write(`begun ${id}\n`);
  await store.beat(id, epoch(number));
  const end = { state: 'complete', why: undefined, at: epoch(number) } as const;
  await store.finish(id, end, aReport(id, { notes: [...filler, id] }));
  process.stdout.write(`kept ${id}\n`);
}
