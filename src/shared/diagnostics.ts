// What the window shows of the diagnostics before they are saved, and which of them are wanted.
import * as v from 'valibot';

export const DIAGNOSTIC_KINDS = ['versions', 'machine', 'engines', 'settings', 'history', 'crash', 'log'] as const;
export type DiagnosticKind = (typeof DIAGNOSTIC_KINDS)[number];

/** One file of the zip. */
export interface DiagnosticEntry {
  name: string;
  kind: DiagnosticKind;
  bytes: number;
  /** What is saved: its text, of a long one the end, which is the newest. */
  preview: string;
  isCut?: true;
}

export interface Diagnostics {
  entries: DiagnosticEntry[];
  /** The history could not be asked for the names in it, so a log may hold one. */
  namesUnknown?: true;
}

export const MOST_PREVIEW_LETTERS = 100_000;

const MOST_ENTRIES = 100;

/** Names of entries that were shown; at least one. */
export const WantedEntriesSchema = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(200))),
  v.minLength(1, 'Tick at least one entry.'),
  v.maxLength(MOST_ENTRIES),
);
