// A run that another program trains, which goes on writing to the history that lies here now.
import { FailureError } from '#shared/failure';
import type { Database } from '#store/database';

/** @param own that this app trains itself. @throws FailureError bad-setting */
export function refuseElsewhere(db: Database, own?: string): void {
  const isOther = db.get(`SELECT 1 FROM runs WHERE state = 'running' AND id IS NOT @own`, { own: own ?? null }) !== undefined;
  if (isOther) throw new FailureError({ kind: 'bad-setting', problem: 'A run of the command line is training. Wait until it ends.' });
}
