// Opens the history only to read it, while the app may be writing: nothing is migrated, checked in full or locked.
import { existsSync } from 'node:fs';
import { FailureError } from '#shared/failure';
import type { Database } from './database';
import { connect } from './driver';
import { KNOWN_VERSION } from './migrations/index';
import { checkHeader } from './open';
import { storeFailure } from './store-failure';

/** @throws FailureError bad-setting where there is none or an older Overbatch wrote it; newer-database, damaged-database, database-busy, no-permission */
export function openToRead(file: string): Database {
  if (!existsSync(file)) {
    const problem = 'There is no history yet. Train in the app, or with npm run train -- --history.';
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  let db: Database | undefined;
  try {
    checkHeader(file, 'r');
    db = connect(file, { to: 'read' });
    if (Number(db.pragma('user_version')) < KNOWN_VERSION) {
      const problem = 'The history was written by an older Overbatch. Open the app once: it brings it up to date.';
      throw new FailureError({ kind: 'bad-setting', problem });
    }
    return db;
  } catch (error) {
    db?.close();
    throw new FailureError(storeFailure(error, file));
  }
}
