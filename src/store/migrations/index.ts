// Every migration in order; a released one is never edited.
import { migration001 } from './001-first';
import { migration002 } from './002-paused';
import { migration003 } from './003-versions';
import { migration004 } from './004-kinds';
import { migration005 } from './005-measurements';
import { migration006 } from './006-queue';
import { migration007 } from './007-checks';
import { migration008 } from './008-expected';
import { migration009 } from './009-marks';
import { migration010 } from './010-blocks';

export const MIGRATIONS = [
  migration001,
  migration002,
  migration003,
  migration004,
  migration005,
  migration006,
  migration007,
  migration008,
  migration009,
  migration010,
];

export const KNOWN_VERSION = MIGRATIONS[MIGRATIONS.length - 1].version;
