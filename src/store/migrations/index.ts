// Every migration in order; a released one is never edited.
import { migration001 } from './001-first';

export const MIGRATIONS = [migration001];

export const KNOWN_VERSION = MIGRATIONS[MIGRATIONS.length - 1].version;
