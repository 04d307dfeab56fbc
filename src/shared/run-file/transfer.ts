// What goes to and from the process that writes and reads files of runs, and what an import came to.
import { locale } from '../language';
import { withoutPlaces } from '../without-paths';
import type { RunRecord } from './record';

/** Folders among those of the runs, of files that are being read and written. */
export const INCOMING = 'incoming-';
export const OUTGOING = 'outgoing-';

/** A run as it is handed to the process that writes the file. */
export interface Unloaded {
  /** Holds its rows as parts of the file. */
  rows: string;
  /** Where it was trained, where that is still there: what its model said of its samples lies in it, and its model. */
  runFolder?: string;
  /** Its model may be given away: deleted weights may still lie there. */
  hasModel: boolean;
}

export interface PackQuestion {
  out: string;
  /** A file that lies there may be replaced. */
  replace?: boolean;
  runs: Unloaded[];
  withModels: boolean;
}

export interface Packed {
  name: string;
  bytes: number;
  runs: number;
  /** Of those, how many have their model in it. */
  models: number;
}

/** A run that was read whole and found right; nothing of it is in the history yet. */
export interface Staged {
  record: RunRecord;
  /** As receipt.json has it. */
  receipt: string | null;
  /** What tells it from any other run: what it was asked for, when, and all that it measured. */
  identity: string;
  /** With its rows. */
  rows: string;
  /** To be its folder among the runs. */
  runFolder: string;
  hasModel: boolean;
}

/** Every run of a file, in a folder that whoever asked for it removes. */
export interface Unpacked {
  folder: string;
  runs: Staged[];
}

/** Of which its identity is the SHA-256; the run it began with may have another id here. @param sums SHA-256 of its rows, each as JSON */
export const identityText = ({ spec, startedAt }: Pick<RunRecord, 'spec' | 'startedAt'>, sums: { steps: string; epochs: string }): string =>
  JSON.stringify([
    ordered(withoutPlaces(spec.start?.startsWith('run:') ? { ...spec, start: 'run:' } : spec)),
    new Date(startedAt).toISOString(),
    sums.steps,
    sums.epochs,
  ]);

/** However its fields were written down. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, ordered(inner)]);
}

export interface Loaded {
  id: string;
  name: string;
  /** `restored`: it was here, deleted. `completed`: it was here without its model. `renumbered`: another run had its id. */
  outcome: 'imported' | 'renumbered' | 'here' | 'restored' | 'completed';
}

/** "Imported 3 runs. One is here already: digits, LeNet-5, batch 64." */
export function loadedSentences(loaded: readonly Loaded[]): string {
  const of = (...outcomes: Loaded['outcome'][]): Loaded[] => loaded.filter(({ outcome }) => outcomes.includes(outcome));
  const runs = (count: number): string => (count === 1 ? 'one run' : `${count.toLocaleString(locale)} runs`);
  const [fresh, restored, completed, here] = [of('imported', 'renumbered'), of('restored'), of('completed'), of('here')];
  const sentences = [
    fresh.length > 0 && `Imported ${runs(fresh.length)}.`,
    restored.length > 0 && `Brought back ${runs(restored.length)} that had been deleted here.`,
    completed.length > 0 &&
      (completed.length === 1
        ? 'One run that was here without its model has it now.'
        : `${runs(completed.length)} that were here without their models have them now.`),
    here.length > 0 &&
      (here.length === 1 ? `One is here already: ${here[0].name}.` : `${here.length.toLocaleString(locale)} are here already.`),
  ];
  return sentences.filter(Boolean).join(' ');
}
