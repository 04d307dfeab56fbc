// Puts the diagnostics together: each entry a text of its own, cleaned of what says whose it is, before anybody sees it.
import { readdirSync, readFileSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import type { HistoryCheck } from '#shared/backup';
import type { EnginesAnswer } from '#shared/engine';
import { MOST_PREVIEW_LETTERS, type DiagnosticEntry, type DiagnosticKind, type Diagnostics } from '#shared/diagnostics';
import { listBackups } from '#store/backups';
import type { Folders } from '#store/location';
import type { CrashReports } from '../crash-reports';
import { machine, versions } from './machine';
import { scrubDeep, scrubber } from './scrub';
import { sizeOf } from './sizes';

export interface Sources {
  version: string;
  /** Of the program itself. */
  appFolder: string;
  folders: Folders;
  crashes: Pick<CrashReports, 'all'>;
  /** May fail: then that is what is told. */
  check(): Promise<HistoryCheck>;
  engines(): Promise<EnginesAnswer>;
  preferences: object;
  safe?: string;
}

export interface Collected {
  /** By name, as they are shown: nothing is saved that nobody could see. */
  texts: Map<string, string>;
  shown: Diagnostics;
}

/** Longer than the slowest engine that works. */
const PATIENCE_MS = 20_000;

export async function collect(sources: Sources): Promise<Collected> {
  const { folders, appFolder } = sources;
  const [history, engines, sizes] = await Promise.all([outcome(sources.check()), outcome(sources.engines()), sizesOf(folders)]);
  const names = 'value' in history ? history.value.names : [];
  const ours = { Overbatch: appFolder, data: folders.root, user: folders.user };
  const scrub = scrubber({ ours, names: [...names, userName(), hostname(), path.basename(homedir())] });
  const texts = new Map<string, { kind: DiagnosticKind; text: string }>();
  const add = (name: string, kind: DiagnosticKind, value: unknown) =>
    texts.set(name, { kind, text: typeof value === 'string' ? value : `${JSON.stringify(scrubDeep(value, scrub), undefined, 2)}\n` });

  add('versions.json', 'versions', { ...versions(sources.version), ...(sources.safe && { safeMode: sources.safe }) });
  add('machine.json', 'machine', machine({ data: folders.root, user: folders.user, temporary: tmpdir() }));
  add('engines.json', 'engines', 'value' in engines ? withoutFolder(engines.value) : engines);
  add('settings.json', 'settings', { preferences: sources.preferences, kept: 'value' in history ? history.value.settings : history });
  add('history.json', 'history', {
    ...(('value' in history && shownOf(history.value)) || history),
    backups: listBackups(folders.backups),
    folders: sizes,
  });
  for (const report of sources.crashes.all()) add(`crashes/${report.at.replaceAll(':', '-')}-${report.what}.json`, 'crash', report);
  for (const [name, text] of logsIn(folders.logs)) add(`logs/${name}`, 'log', scrub(text));

  const entries = [...texts].map(([name, { kind, text }]) => entry(name, kind, text));
  return {
    texts: new Map(entries.map(({ name, preview }) => [name, preview])),
    shown: { entries, ...(!('value' in history) && { namesUnknown: true }) },
  };
}

function entry(name: string, kind: DiagnosticKind, text: string): DiagnosticEntry {
  const isCut = text.length > MOST_PREVIEW_LETTERS;
  const preview = isCut ? text.slice(-MOST_PREVIEW_LETTERS) : text;
  return { name, kind, bytes: Buffer.byteLength(preview), preview, ...(isCut && { isCut }) };
}

async function outcome<T>(work: Promise<T>): Promise<{ value: T } | { problem: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${PATIENCE_MS / 1000} seconds.`)), PATIENCE_MS);
  });
  try {
    return { value: await Promise.race([work, late]) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Without what only serves to clean the rest. */
function shownOf({ integrity, format, bytes, walBytes, driver, sqlite, rows }: HistoryCheck): object {
  return { integrity, format, bytes, walBytes, driver, sqlite, rows };
}

const withoutFolder = ({ report, native }: EnginesAnswer): object => ({
  report,
  native: native.map(({ kind, state, bytes, version, problem }) => ({ kind, state, bytes, version, problem })),
});

async function sizesOf(folders: Folders): Promise<object> {
  const { backups, crashes, datasets, logs, models, runs } = folders;
  const all = Object.entries({ datasets, runs, models, backups, crashes, logs });
  return Object.fromEntries(await Promise.all(all.map(async ([name, folder]) => [name, await sizeOf(folder)] as const)));
}

/** The newest first. */
function logsIn(folder: string): [name: string, text: string][] {
  try {
    const names = readdirSync(folder).filter((name) => /^overbatch\.log(\.\d+)?$/.test(name));
    return names.sort().map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
  } catch {
    return [];
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
