// What tells runs apart that learn the same data with the same model: the settings in which they are not all alike, each in a few words.
import { language } from '#shared/language';
import type { DataSort } from '#shared/data-sort';
import type { RunSpec } from '#shared/run-spec';
import { ENGINE_CHOSEN, settingsFacts, type Fact } from './run-facts';

/** Told by a run's name, or beside these words. */
const TOLD = new Set(['Data set', 'Model', 'Batch', 'Epochs']);
/** Of those that a run has no word for; null: nothing need be said. Others are "as usual". */
const WITHOUT = new Map<string, string | null>([
  ['Started from', 'from scratch'],
  ['What was trained', null],
  ['Batch normalization', null],
  ['Stops early', 'does not stop early'],
  ['Does at least', null],
  ['Varied pictures', 'pictures not varied'],
  ['Label smoothing', 'no label smoothing'],
  ['Learning rate schedule', 'constant learning rate'],
  ['Schedule falls every', null],
  ['Each fall multiplies by', null],
  ['Warm-up', 'no warm-up'],
  ['Memory savers', 'no memory savers'],
]);
/** Their values are names, not words. */
const NAMED = new Set(['Optimizer', ENGINE_CHOSEN, 'Started from', 'Loss']);
/** What these are is told by their values. */
const UNNAMED = new Set(['Optimizer', 'Learning rate schedule']);

/** Those of one run. @param others which it is to be told from; none: nothing is told */
export function differingWords(spec: RunSpec, others: readonly RunSpec[], sort: DataSort): string[] {
  const own = factsOf(spec, sort);
  const values = others.map((other) => new Map(factsOf(other, sort)));
  const told = own.filter(([name, value]) => values.some((each) => each.get(name) !== value));
  const missing = new Set(values.flatMap((each) => [...each.keys()]).filter((name) => !own.some(([known]) => known === name)));
  return [...told.map(words), ...[...missing].flatMap(without)];
}

const factsOf = (spec: RunSpec, sort: DataSort): Fact[] =>
  settingsFacts({ spec, datasetName: '', sort }).filter(([name]) => !TOLD.has(name));

function without(name: string): string[] {
  const said = WITHOUT.get(name);
  return said === null ? [] : [said ?? `${lower(name)} as usual`];
}

function words([name, value]: Fact): string {
  const said = NAMED.has(name) ? value : lower(value);
  if (UNNAMED.has(name)) return said;
  return language === 'en' ? `${lower(name)} ${said}` : `${name}: ${said}`;
}

/** Only English begins its nouns so. */
const lower = (name: string): string => (language === 'en' ? name.charAt(0).toLowerCase() + name.slice(1) : name);
