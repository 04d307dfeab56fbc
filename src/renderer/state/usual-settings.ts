// What is usual changes with the model and its start: a plan follows where nobody chose otherwise.
import type { DataSort } from '#shared/data-sort';
import { usualDraft, type Draft, type DraftField } from './draft';
import { MORE_FIELDS, type MoreField, type MoreSettings } from '../words/more-settings';

type Choice = Partial<Pick<Draft, 'model' | 'start' | 'trains'>>;

/** Whether a further setting is another than the usual one; both may be left alone. */
export const differsMore = (field: MoreField, a: MoreSettings, b: MoreSettings): boolean =>
  JSON.stringify(a[field]) !== JSON.stringify(b[field]);

/** The draft with another model or start, and what is usual of that in every field that was as usual before. */
export function withChoice(draft: Draft, sort: DataSort, choice: Choice): Draft {
  const before = usualDraft(sort, draft);
  const chosen: Draft = { ...draft, ...choice };
  const after = usualDraft(sort, chosen);
  const kept = <K extends DraftField>(field: K): Draft[K] => (draft[field] === before[field] ? after[field] : draft[field]);
  const more = MORE_FIELDS.flatMap((field) => {
    const value = (differsMore(field, draft.more, before.more) ? draft : after).more[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return {
    ...chosen,
    batch: kept('batch'),
    epochs: kept('epochs'),
    optimizer: kept('optimizer'),
    learningRate: kept('learningRate'),
    more: Object.fromEntries(more),
  };
}
