// What the app remembers about itself, a JSON value a name.
import type { Database } from './database';

export function getSetting(db: Database, name: string): unknown {
  const row = db.get<{ value: string }>('SELECT value FROM settings WHERE name = @name', { name });
  return row && (JSON.parse(row.value) as unknown);
}

export function setSetting(db: Database, name: string, value: unknown): void {
  db.run('INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value', {
    name,
    value: JSON.stringify(value),
  });
}
