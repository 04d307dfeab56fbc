// Restores what was asked for while the history was open; where that fails, the person is told.
import { failureSentence, toFailure } from '#shared/failure';
import { obeyOrder } from '#store/restore-order';
import type { Asking } from './history';

export async function restoreOrdered(root: string, { log, ask }: Asking): Promise<void> {
  try {
    const name = obeyOrder(root);
    if (name !== undefined) log.write('history', `The backup ${name} was restored; what it replaced lies among the backups.`);
  } catch (error) {
    log.error('history', error);
    await ask(`${failureSentence(toFailure(error))} The history is as it was.`, ['Continue']);
  }
}
