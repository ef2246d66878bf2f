import { epoch } from '../../src/model/units.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';

/** Opens the store, tries to take the one lock that everybody wants, tells whether it could, and holds it until its input ends. */
const [folder = '', id = ''] = process.argv.slice(2);
const { store } = await openSqliteStore(folder);
const run = { id, target: 'shop', kind: 'probe', locks: ['db'], at: epoch(1000) } as const;
const outcome = await store.begin(run).then(
  () => 'won',
  (error: unknown) => (error instanceof Error ? error.message : 'lost'),
);
process.stdout.write(`${outcome}\n`);
process.stdin.resume().on('end', () => process.exit(0));
