// What tells a run from the one before it where both are called alike: the settings that are others, each in a few words.
import type { RunSpec } from '#shared/run-spec';
import { settingsFacts, type Fact } from './run-facts';

/** Told by a run's name, or beside these words. */
const TOLD = new Set(['Data set', 'Model', 'Batch', 'Epochs']);
/** Of those that a run has no word for, where that is not "as usual"; null: the model tells. */
const WITHOUT: Record<string, string | null> = { 'Started from': 'from scratch', 'What was trained': null, 'Batch normalization': null };
/** Their values are names, not words. */
const NAMED = new Set(['Optimizer', 'Engine chosen', 'Started from', 'Loss']);

/** Optimizer and learning rate where there is none before it. */
export function differingWords(spec: RunSpec, before?: RunSpec): string[] {
  const facts = factsOf(spec);
  if (!before) return facts.filter(([name]) => name === 'Optimizer' || name === 'Learning rate').map(words);
  const others = new Map(factsOf(before));
  const usual = [...others.keys()].filter((name) => !facts.some(([each]) => each === name));
  return [...facts.filter(([name, value]) => others.get(name) !== value).map(words), ...usual.flatMap(without)];
}

const factsOf = (spec: RunSpec): Fact[] => settingsFacts({ spec, datasetName: '', sort: 'pictures' }).filter(([name]) => !TOLD.has(name));

function without(name: string): string[] {
  const said = name in WITHOUT ? WITHOUT[name] : `${lower(name)} as usual`;
  return said === null ? [] : [said];
}

function words([name, value]: Fact): string {
  if (name === 'Optimizer') return value;
  return `${lower(name)} ${NAMED.has(name) ? value : lower(value)}`;
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
