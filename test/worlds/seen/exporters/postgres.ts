import { itself } from '../../engine.ts';
import type { Part } from '../../world.ts';
import { database } from '../naming.ts';
import { type Row, row, type Told } from '../row.ts';
import type { Glimpse } from '../sight.ts';

/** What a server has that nobody limits. */
const usual = { sessions: 12, limit: 100, reserved: 3 } as const;

/** What postgres_exporter (0.17 and later) tells of a server. */
export function postgres({ part }: Glimpse): readonly Told[] {
  const [pool, ...inside] = part.resources.filter(({ kind }) => kind === 'pool');
  const given = inside.map(({ id }) => id);
  return [
    { of: undefined, rows: [...always, ...deadlocks(given)] },
    { of: pool?.id, rows: connections(pool?.id) },
    { of: undefined, rows: activity(part, pool?.id) },
    ...part.resources
      .filter(({ id, kind }) => kind === 'lock' || given.includes(id))
      .map(({ id }) => ({ of: id, rows: [waitingFor({ wait_event_type: 'Lock', wait_event: 'transactionid' }, id)] })),
  ];
}

const server = { server: 'localhost:5432' };
const ofDatabase = { ...server, datid: '16384', datname: database };

const always: readonly Row[] = [
  row('pg_up', {}, () => 1),
  row('pg_postmaster_start_time_seconds', server, ({ since }) => since),
  row('pg_settings_superuser_reserved_connections', server, () => usual.reserved),
  row('pg_stat_database_xact_rollback', ofDatabase, () => 0),
];

/** What more than one may have inside of the server, as rows that are locked for a statement: who waits for it in vain is ended as in a deadlock. */
const deadlocks = (ids: readonly string[]): readonly Row[] => [
  row('pg_stat_database_deadlocks', ofDatabase, (seen) =>
    ids.reduce((sum, id) => sum + (seen.look(id)?.refusals ?? 0), 0),
  ),
];

/** Sessions of the whole server against its limit: the size of its pool is what ordinary users may open. */
function connections(id: string | undefined): readonly Row[] {
  const look = (seen: Glimpse) => (id === undefined ? undefined : seen.look(id));
  return [
    row('pg_stat_database_numbackends', ofDatabase, (seen) => look(seen)?.used ?? usual.sessions),
    row('pg_settings_max_connections', server, (seen) => (look(seen)?.size ?? usual.limit) + usual.reserved),
    row('pg_stat_database_xact_commit', ofDatabase, (seen) => (look(seen) ?? seen.look(itself))?.completions),
  ];
}

const session = {
  ...server,
  datname: database,
  usename: 'shop',
  application_name: 'shop',
  backend_type: 'client backend',
};

const waitingFor = (event: Readonly<Record<string, string>>, id: string): Row =>
  row('pg_stat_activity_count', { ...session, state: 'active', ...event }, (seen) => seen.look(id)?.waiting);

/** Sessions that work or wait for a processor, that read or write, that are kept and do nothing; those of others are idle. */
function activity({ resources }: Part, pool: string | undefined): readonly Row[] {
  const of = (kind: string) => resources.filter((one) => one.kind === kind).map(({ id }) => id);
  const disks = of('disk');
  const locks = [...of('lock'), ...of('pool').filter((id) => id !== pool)];
  const under = (seen: Glimpse, ids: readonly string[]): number =>
    ids.reduce((sum, id) => sum + (seen.look(id)?.used ?? 0) + (seen.look(id)?.waiting ?? 0), 0);
  const working = (seen: Glimpse): number => under(seen, [itself]);
  const reading = (seen: Glimpse): number => under(seen, disks);
  const kept = resources.find((one) => one.kind === 'pool');
  const others = kept?.kind === 'pool' ? (kept.others ?? 0) : usual.sessions;
  const held = (seen: Glimpse): number => (pool === undefined ? undefined : seen.look(pool)?.used) ?? usual.sessions;
  const blocked = (seen: Glimpse): number => locks.reduce((sum, id) => sum + (seen.look(id)?.waiting ?? 0), 0);
  const state = (is: string, type: string, event: string) => ({
    ...session,
    state: is,
    wait_event_type: type,
    wait_event: event,
  });
  return [
    row('pg_stat_activity_count', state('active', '', ''), working),
    ...(disks.length > 0 ? [row('pg_stat_activity_count', state('active', 'IO', 'DataFileRead'), reading)] : []),
    row('pg_stat_activity_count', state('idle in transaction', 'Client', 'ClientRead'), (seen) =>
      Math.max(0, held(seen) - others - working(seen) - reading(seen) - blocked(seen)),
    ),
    row('pg_stat_activity_count', state('idle', 'Client', 'ClientRead'), (seen) => Math.min(held(seen), others)),
  ];
}
