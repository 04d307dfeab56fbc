// Tags, notes and pins of runs.
import { FailureError } from '#shared/failure';
import { MOST_TAGS, withMarks, type MarksChange, type RunMarks } from '#shared/run-marks';
import type { Database } from './database';

/** The columns they are in. */
export interface MarksRow {
  tags: string;
  note: string;
  pinned: 0 | 1;
}

const NO_TAGS = '[]';

export const marksOf = ({ tags, note, pinned }: MarksRow): RunMarks => ({
  ...(tags !== NO_TAGS && { tags: JSON.parse(tags) as string[] }),
  ...(note !== '' && { note }),
  ...(pinned === 1 && { pinned: true }),
});

/** All of them or none; a run that is not in the history any more has nothing to be marked. @throws FailureError bad-setting */
export function markRuns(db: Database, ids: readonly string[], change: MarksChange): void {
  db.transaction(() => {
    for (const id of ids) {
      const row = db.get<MarksRow & { name: string }>('SELECT name, tags, note, pinned FROM runs WHERE id = @id', { id });
      if (!row) continue;
      const { tags = [], note = '', pinned = false } = withMarks(marksOf(row), change);
      if (tags.length > MOST_TAGS)
        throw new FailureError({
          kind: 'bad-setting',
          problem: `"${row.name}" would have more than ${MOST_TAGS} tags. Take some off first.`,
        });
      db.run('UPDATE runs SET tags = @tags, note = @note, pinned = @pinned WHERE id = @id', {
        id,
        tags: JSON.stringify(tags),
        note,
        pinned: Number(pinned),
      });
    }
  });
}
