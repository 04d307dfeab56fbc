// A change to a plan that is offered as one press: what it sets, and what the plan is with it.
import type { MoreField, MoreSettings } from '../words/more-settings';
import { readDraft, type Draft } from './draft';

export interface DraftChange {
  values?: Partial<Omit<Draft, 'more'>>;
  /** Undefined takes a setting back. */
  more?: { [K in MoreField]?: MoreSettings[K] | undefined };
}

export interface Offer {
  /** On the button. */
  label: string;
  /** What it costs or does, in a sentence, where that was not said already. */
  help?: string;
  /** Said when it was done. */
  done: string;
  change: DraftChange;
}

export function withChange(draft: Draft, { values = {}, more = {} }: DraftChange): Draft {
  const settings = Object.entries({ ...draft.more, ...more }).filter(([, value]) => value !== undefined);
  return { ...draft, ...values, more: Object.fromEntries(settings) };
}

/** What undoes a change to this draft, and nothing else that was changed since. */
export function inverseOf(draft: Draft, { values = {}, more = {} }: DraftChange): DraftChange {
  const before = (Object.keys(values) as (keyof typeof values)[]).map((field) => [field, draft[field]]);
  const beforeMore = (Object.keys(more) as MoreField[]).map((field) => [field, draft.more[field]]);
  return { values: Object.fromEntries(before), more: Object.fromEntries(beforeMore) };
}

/** Those that change something and leave a plan that can be run. */
export const possible = (draft: Draft, offers: readonly Offer[]): Offer[] =>
  offers.filter(({ change }) => {
    const after = withChange(draft, change);
    return JSON.stringify(after) !== JSON.stringify(withChange(draft, {})) && readDraft(after).spec !== undefined;
  });
