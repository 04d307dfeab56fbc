// How long epochs took in a run of these very settings, which trains or has trained on this computer: truer than anything said beforehand.
import type { EngineReport } from '#shared/engine';
import { fits, type RanPace, type RunForecast } from '#shared/forecast';
import type { Machine } from '#shared/machine';
import type { RunSpec } from '#shared/run-spec';
import { stepSettings } from '#shared/step-settings';
import { spanOfAll, type TimeSpan } from '#shared/time-span';
import type { Database } from './database';

/** Newest runs of the data that are looked through. */
const MOST_RUNS = 50;
/** The first epoch is slower and counts for nothing; fewer than these say little, but of slow ones one says enough. */
const LEAST_EPOCHS = 3;
const SLOW_SECONDS = 5;
/** So many newest runs are gone by: computers are not always as fast. */
const MOST_LIKE = 3;

/** What decides an epoch's time, but for what is compared by what came of it: the engine, and N_μ. */
const keyOf = (spec: RunSpec): string => JSON.stringify([spec.batch, stepSettings(spec, ['seed', 'engine'])]);

const IDENTITY = ['system', 'processor', 'threads'] as const;
type Here = Pick<Machine, (typeof IDENTITY)[number]>;

interface Row {
  key: number;
  id: string;
  spec: string;
  engine: string;
  state: string;
  started_at: string;
  micro: number;
  system: string | null;
  processor: string | null;
  threads: number | null;
  program: string | null;
}

const NEWEST = `SELECT key, id, spec, engine, state, started_at, json_extract(plan, '$.micro') AS micro,
    json_extract(receipt, '$.machine.system') AS system, json_extract(receipt, '$.machine.processor') AS processor,
    json_extract(receipt, '$.machine.threads') AS threads, json_extract(receipt, '$.versions.overbatch') AS program
  FROM runs WHERE dataset_id = @dataset AND plan IS NOT NULL AND engine IS NOT NULL ORDER BY started_at DESC LIMIT ${MOST_RUNS}`;

/**
 * @param machine this computer: a data folder may be moved, a run imported @param program its version
 * @returns of the newest such runs, cut as the forecast says, by the same engine
 */
export function ranPace(
  db: Database,
  { datasetId, spec, machine, program }: { datasetId: string; spec: RunSpec; machine: Here; program: string },
  { asked, engine }: Pick<RunForecast, 'asked' | 'engine'>,
): RanPace | undefined {
  if (!fits(asked)) return undefined;
  const key = keyOf(spec);
  const isSame = (row: Row): boolean => {
    const { name, version } = JSON.parse(row.engine) as EngineReport;
    const isHere = row.state === 'running' || (IDENTITY.every((fact) => row[fact] === machine[fact]) && row.program === program);
    return (
      isHere &&
      name === engine.name &&
      version === engine.version &&
      row.micro === asked.micro &&
      keyOf(JSON.parse(row.spec) as RunSpec) === key
    );
  };
  const like: { row: Row; span: TimeSpan }[] = [];
  for (const row of db.all<Row>(NEWEST, { dataset: datasetId }).filter(isSame)) {
    const secondsPerEpoch = epochSecondsOf(db, row.key);
    if (secondsPerEpoch !== undefined) like.push({ row, span: { secondsPerEpoch } });
    if (like.length === MOST_LIKE) break;
  }
  const [newest, ...others] = like;
  if (!newest) return undefined;
  const { id, micro, started_at: at } = newest.row;
  return { ...spanOfAll([newest.span, ...others.map(({ span }) => span)]), runId: id, micro, at };
}

/** From the end of its first epoch to the end of its last; undefined where those are few and quick. */
function epochSecondsOf(db: Database, run: number): number | undefined {
  const end = (order: 'ASC' | 'DESC') =>
    db.get<{ epoch: number; seconds: number }>(`SELECT epoch, seconds FROM epochs WHERE run = @run ORDER BY epoch ${order} LIMIT 1`, {
      run,
    });
  const [first, last] = [end('ASC'), end('DESC')];
  const epochs = first && last ? last.epoch - first.epoch : 0;
  if (!first || !last || epochs === 0) return undefined;
  const secondsPerEpoch = (last.seconds - first.seconds) / epochs;
  return epochs >= LEAST_EPOCHS || secondsPerEpoch >= SLOW_SECONDS ? secondsPerEpoch : undefined;
}
