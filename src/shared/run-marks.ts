// What a person adds to a run: tags, a note, a pin.
import * as v from 'valibot';
import { IdSchema } from './identifiers';

export interface RunMarks {
  /** In alphabetical order; absent: none. */
  tags?: string[];
  note?: string;
  /** Stands before the others, whatever their order. */
  pinned?: true;
}

export const MOST_TAG_LETTERS = 40;
export const MOST_NOTE_LETTERS = 10_000;
/** At once. */
const MOST_RUNS = 100_000;
export const MOST_TAGS = 100;

/** One word in small letters, so that each tag is written in one way. */
export const isTag = (text: string): boolean => /^[^\s,]+$/u.test(text) && text.length <= MOST_TAG_LETTERS && text === text.toLowerCase();

/** The tags that are typed with spaces or commas between them. */
export const tagsIn = (text: string): string[] =>
  sortedTags(
    text
      .toLowerCase()
      .split(/[\s,]+/u)
      .filter(Boolean),
  );

export const sortedTags = (tags: Iterable<string>): string[] => [...new Set(tags)].sort((a, b) => (a < b ? -1 : 1));

const TagSchema = v.pipe(v.string(), v.check(isTag, `A tag is one word in small letters, of at most ${MOST_TAG_LETTERS}.`));
export const TagsSchema = v.pipe(v.array(TagSchema), v.maxLength(MOST_TAGS, `A run has at most ${MOST_TAGS} tags.`));

export const SeveralRunsSchema = v.pipe(v.array(IdSchema), v.maxLength(MOST_RUNS));

/** What is absent stays as it is. */
export const MarksChangeSchema = v.strictObject({
  pinned: v.optional(v.boolean()),
  note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(MOST_NOTE_LETTERS, 'A note has at most 10,000 letters.'))),
  addTags: v.optional(TagsSchema),
  removeTags: v.optional(TagsSchema),
});
export type MarksChange = v.InferOutput<typeof MarksChangeSchema>;

/** The same run with its marks changed. */
export function withMarks<Run extends RunMarks>(run: Run, { pinned, note, addTags = [], removeTags = [] }: MarksChange): Run {
  const tags = sortedTags([...(run.tags ?? []).filter((tag) => !removeTags.includes(tag)), ...addTags]);
  const changed = { ...run };
  delete changed.tags;
  delete changed.note;
  delete changed.pinned;
  const kept = note ?? run.note ?? '';
  return {
    ...changed,
    ...(tags.length > 0 && { tags }),
    ...(kept !== '' && { note: kept }),
    ...((pinned ?? run.pinned) && { pinned: true }),
  };
}

/** In their order otherwise. */
export const pinnedFirst = <Run extends RunMarks>(runs: readonly Run[]): Run[] => [
  ...runs.filter(({ pinned }) => pinned),
  ...runs.filter(({ pinned }) => !pinned),
];

/** A list in which those of these ids have their marks changed. */
export function markedAmong<Run extends RunMarks & { id: string }>(
  runs: readonly Run[],
  ids: readonly string[],
  change: MarksChange,
): Run[] {
  const those = new Set(ids);
  return runs.map((run) => (those.has(run.id) ? withMarks(run, change) : run));
}
