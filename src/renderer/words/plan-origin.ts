// The run whose settings a plan was begun with, and what has been changed in it since.
import { word } from '#shared/language';
import { DATA_SORTS, type DataSort } from '#shared/data-sort';
import type { RunSummary } from '#shared/run-record';
import { specProblems, type RunSpec } from '#shared/run-spec';
import { count } from './numbers';
import { settingsFacts, type Fact } from './run-facts';

export type PlanOrigin = Pick<RunSummary, 'id' | 'name' | 'datasetId' | 'datasetName' | 'sort' | 'spec'>;

export interface PlanDifference {
  name: string;
  before: string;
  now: string;
}

const NONE = 'as usual';

export const originOf = ({ id, name, datasetId, datasetName, sort, spec }: PlanOrigin): PlanOrigin => ({
  id,
  name,
  datasetId,
  datasetName,
  sort,
  spec,
});

/** Those that the run had first. @param data what the plan learns from now */
export function planDifferences(origin: PlanOrigin, spec: RunSpec, data: { id: string; name: string }): PlanDifference[] {
  const before = new Map(factsOf(origin.spec, origin.sort));
  const now = new Map(factsOf(spec, origin.sort));
  const names = [...new Set([...before.keys(), ...now.keys()])];
  const others = names
    .map((name) => ({ name, before: before.get(name) ?? NONE, now: now.get(name) ?? NONE }))
    .filter((difference) => difference.before !== difference.now);
  const isOtherData = origin.datasetId !== '' && origin.datasetId !== data.id;
  return [...(isOtherData ? [{ name: 'Data set', before: origin.datasetName, now: data.name }] : []), ...others];
}

function factsOf(spec: RunSpec, sort: DataSort): Fact[] {
  const facts = settingsFacts({ spec, datasetName: '', sort });
  return [...facts, ['Samples per piece', spec.micro === 'auto' ? word('automatic') : count(spec.micro)]];
}

/** As it was kept by whichever version; undefined where it is none. */
export function restoreOrigin(kept: unknown): PlanOrigin | undefined {
  const given = kept as Partial<PlanOrigin> | null;
  const isText = [given?.id, given?.name, given?.datasetId, given?.datasetName].every((value) => typeof value === 'string');
  const isOne = isText && DATA_SORTS.some((sort) => sort === given?.sort) && typeof given?.spec === 'object';
  return isOne && Object.keys(specProblems(given.spec!)).length === 0 ? originOf(given as PlanOrigin) : undefined;
}
