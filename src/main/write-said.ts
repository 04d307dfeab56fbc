// What runs said, into the history: many at once where they are many, and each once, also where an earlier process was ended while it wrote.
import { toFailure, type Failure } from '#shared/failure';
import { isRecorded, recordRunEvent } from '#store/run-events';
import { EventJournal, type Said } from './event-journal';
import { keepReceipt, type ReceiptServices } from './kept-receipt';

/** What keeps the history from being written, and passes. */
export const PASSING = ['database-busy', 'disk-full'] as const satisfies readonly Failure['kind'][];
export const isPassingFailure = ({ kind }: Failure): boolean => PASSING.some((passing) => passing === kind);

/** A run's model is known with its receipt, or not at all. */
function writeOne(services: ReceiptServices, { runId, event, at }: Said): void {
  services.db.transaction(() => {
    recordRunEvent(services.db, runId, event, at);
    if (event.kind === 'saved') keepReceipt(services, runId);
  });
}

/**
 * In one transaction; where one of them is refused, each in its own, and the others are written.
 * @param written of each, in its order, with why it was refused
 * @throws what `isPassing`: that and what comes behind it is not written yet
 */
export function writeSaid(
  services: ReceiptServices,
  all: readonly Said[],
  isPassing: (error: unknown) => boolean,
  written: (refused?: unknown) => void = () => {},
): void {
  try {
    services.db.transaction(() => all.forEach((said) => writeOne(services, said)));
  } catch (error) {
    if (isPassing(error)) throw error;
    for (const said of all) written(refusal(services, said, isPassing));
    return;
  }
  all.forEach(() => written());
}

function refusal(services: ReceiptServices, said: Said, isPassing: (error: unknown) => boolean): unknown {
  try {
    writeOne(services, said);
    return undefined;
  } catch (error) {
    if (isPassing(error)) throw error;
    return error;
  }
}

/**
 * What an earlier process could not write. What the history refuses for another reason is not tried again.
 * @throws FailureError database-busy, disk-full
 */
export function writeUnwritten(services: ReceiptServices): void {
  const { db, log } = services;
  const journal = new EventJournal(db.path);
  const all = journal.read((error) => log.error('history', error));
  // It was written in this order.
  const last = all.findLastIndex(({ runId, event, at }) => isRecorded(db, runId, event, at));
  const isPassing = (error: unknown) => isPassingFailure(toFailure(error));
  writeSaid(services, all.slice(last + 1), isPassing, (refused) => {
    if (refused !== undefined) log.error('history', refused);
  });
  journal.remove();
}
