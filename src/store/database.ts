// SQLite as the store uses it: named parameters, plain rows, transactions that nest; the same over both drivers.
import { inWords } from './store-failure';

export type Value = string | number | null;
export type Parameters = Record<string, Value>;

export interface Database {
  readonly path: string;
  readonly driver: DriverName;
  exec(sql: string): void;
  /** Rows changed. */
  run(sql: string, parameters?: Parameters): number;
  get<Row>(sql: string, parameters?: Parameters): Row | undefined;
  all<Row>(sql: string, parameters?: Parameters): Row[];
  /** The answer of a PRAGMA that gives one. */
  pragma(name: string): Value | undefined;
  /** All or nothing; takes the write lock at once, so that two processes wait for each other instead of failing. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export type DriverName = 'better-sqlite3' | 'libsql';

/** What both packages have in common and we use. */
export interface NativeDatabase {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
  prepare(sql: string): NativeStatement;
  close(): unknown;
}

export interface NativeStatement {
  run(parameters: Parameters): { changes: number };
  all(parameters: Parameters): unknown[];
}

export function wrap(path: string, driver: DriverName, native: NativeDatabase): Database {
  const statements = new Map<string, { statement: NativeStatement; names: string[] }>();

  function prepared(sql: string, parameters: Parameters): NativeStatement {
    let entry = statements.get(sql);
    if (!entry) {
      entry = { statement: native.prepare(sql), names: [...sql.matchAll(/@(\w+)/g)].map((match) => match[1]) };
      statements.set(sql, entry);
    }
    checkParameters(entry.names, parameters);
    return entry.statement;
  }

  const ask = (sql: string, parameters: Parameters) => inWords(path, () => prepared(sql, parameters).all(parameters));
  const exec = (sql: string) => inWords(path, () => void native.exec(sql));

  function transaction<T>(work: () => T): T {
    if (native.inTransaction) return work();
    exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk has rolled back by itself: a second ROLLBACK would hide the reason.
      if (native.inTransaction) exec('ROLLBACK');
      throw error;
    }
  }

  return {
    path,
    driver,
    exec,
    // Never the one to find the file locked: libsql then leaves a statement unfinished, and no transaction is committed any more.
    run: (sql, parameters = {}) => transaction(() => inWords(path, () => prepared(sql, parameters).run(parameters).changes)),
    // Not the drivers' own get(): libsql's adds a key of its own to the row.
    get: <Row>(sql: string, parameters: Parameters = {}) => ask(sql, parameters)[0] as Row | undefined,
    all: <Row>(sql: string, parameters: Parameters = {}) => ask(sql, parameters) as Row[],
    pragma(name) {
      const row = ask(`PRAGMA ${name}`, {})[0] as Record<string, Value> | undefined;
      return row && Object.values(row)[0];
    },
    transaction,
    close() {
      statements.clear();
      native.close();
    },
  };
}

/** libsql binds a missing name as NULL and ends the whole process on a boolean or a blob: neither gets that far. */
function checkParameters(names: string[], parameters: Parameters): void {
  for (const name of names) {
    if (!(name in parameters)) throw new TypeError(`The SQL parameter @${name} is missing.`);
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && typeof value !== 'string' && typeof value !== 'number') {
      throw new TypeError(`The SQL parameter @${name} is a ${typeof value}; expected a text, a number or null.`);
    }
  }
}
