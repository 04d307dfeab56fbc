// What hours of use show: how fast each process grows, what was told as an error, what was left behind; a sentence for each bound that is broken.
import { slope } from '../../../bench/statistics';
import type { AppProcess } from '../app-processes';

export interface Reading {
  minute: number;
  /** Between two rounds, on the same page: what is judged, since a page at work holds now this and now that. */
  atRest: boolean;
  processes: AppProcess[];
  /** Of the page: elements and listeners that are held. */
  nodes: number;
  listeners: number;
}

/** The most that a process of ours held which does one job and ends. */
export interface JobPeak {
  minute: number;
  role: string;
  bytes: number;
}

export interface Soaked {
  readings: Reading[];
  peaks: JobPeak[];
  /** Lines of the log, errors of the page, steps that could not be made. */
  errors: string[];
  orphans: string[];
  strayFiles: string[];
}

export interface Growth {
  what: string;
  perHour: number;
  /** Standard error of it. */
  error: number;
  first: number;
  last: number;
  most: number;
}

const MB = 1e6;
/** Of each process; megabytes an hour. */
const MOST_GROWTH = 1;
/** Files that stay open, and listeners: what is forgotten each time grows by dozens. */
const MOST_FILES_AN_HOUR = 2;
const MOST_LISTENERS_AN_HOUR = 20;

/** Live as long as the app. */
export const LASTING = ['main', 'window', 'GPU process', 'network service', 'zygote'];

function growth(what: string, points: (readonly [minute: number, value: number])[]): Growth | undefined {
  if (points.length < 3) return undefined;
  const values = points.map(([, value]) => value);
  const perMinute = slope(points);
  const mean = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const [x, y] = [mean(points.map(([minute]) => minute)), mean(values)];
  const apart = points.reduce((sum, [minute, value]) => sum + (value - y - perMinute * (minute - x)) ** 2, 0);
  const error = Math.sqrt(apart / (points.length - 2) / points.reduce((sum, [minute]) => sum + (minute - x) ** 2, 0));
  return { what, perHour: 60 * perMinute, error: 60 * error, first: values[0], last: values[values.length - 1], most: Math.max(...values) };
}

const sumOf = ({ processes }: Reading, role: string, value: (process: AppProcess) => number): number =>
  processes.filter((process) => process.role === role).reduce((sum, process) => sum + value(process), 0);

export interface SoakReport {
  /** Resident bytes of the lasting ones, peaks of the others, in MB. */
  memory: Growth[];
  others: Growth[];
  broken: string[];
}

/** @param settledAfter minutes in which memory is still filled by what is kept on purpose */
export function judgeSoak({ readings, peaks, errors, orphans, strayFiles }: Soaked, settledAfter: number): SoakReport {
  const settled = readings.filter(({ atRest, minute }) => atRest && minute >= settledAfter);
  const over = (what: string, value: (reading: Reading) => number): Growth | undefined =>
    growth(
      what,
      settled.map((reading) => [reading.minute, value(reading)] as const),
    );
  const known = (growths: (Growth | undefined)[]): Growth[] => growths.filter((one) => one !== undefined);
  const lasting = LASTING.filter((role) => readings.some(({ processes }) => processes.some((process) => process.role === role)));
  const memory = known([
    ...lasting.map((role) => over(role, (reading) => sumOf(reading, role, ({ rssBytes }) => rssBytes / MB))),
    ...[...new Set(peaks.map(({ role }) => role))].map((role) =>
      growth(
        `${role}, largest of each round`,
        peaks.filter((peak) => peak.role === role && peak.minute >= settledAfter).map(({ minute, bytes }) => [minute, bytes / MB] as const),
      ),
    ),
  ]);
  const files = known(
    lasting.map((role) => over(`open files of ${role}`, (reading) => sumOf(reading, role, ({ openFiles }) => openFiles))),
  );
  const listeners = known([over('listeners of the page', (reading) => reading.listeners)]);
  const nodes = known([over('elements of the page', (reading) => reading.nodes)]);
  // What chance alone makes of readings that go up and down is no growth.
  const tooFast = (growths: Growth[], most: number, unit: string): string[] =>
    growths
      .filter(({ perHour, error }) => !(perHour < most || perHour < 2 * error))
      .map(
        ({ what, perHour, error }) =>
          `${what}: ${perHour.toFixed(1)} ± ${error.toFixed(1)} ${unit} an hour, where less than ${most} is allowed.`,
      );
  const unclear = memory
    .filter(({ error }) => !(error < MOST_GROWTH))
    .map(({ what, error }) => `${what}: known to ± ${error.toFixed(1)} MB an hour only. Let it run longer.`);
  return {
    memory,
    others: [...files, ...listeners, ...nodes],
    broken: [
      ...(settled.length < 3 ? ['Too few readings to say anything: let it run longer.'] : []),
      ...lackingRoles(readings),
      ...tooFast(memory, MOST_GROWTH, 'MB'),
      ...unclear,
      ...tooFast(files, MOST_FILES_AN_HOUR, 'more'),
      ...tooFast(listeners, MOST_LISTENERS_AN_HOUR, 'more'),
      ...errors.map((error) => `Error: ${error}`),
      ...orphans.map((orphan) => `A process stayed: ${orphan}`),
      ...strayFiles.map((file) => `A file stayed: ${file}`),
    ],
  };
}

/** What was never seen cannot have been found to stay as it is. */
const lackingRoles = (readings: Reading[]): string[] =>
  ['main', 'window']
    .filter((role) => !readings.some(({ processes }) => processes.some((process) => process.role === role)))
    .map((role) => `No reading of ${role}.`);

export function reportTable({ memory, others, broken }: SoakReport): string {
  const row = ({ what, perHour, error, first, last, most }: Growth): string =>
    `| ${what} | ${perHour.toFixed(2)} ± ${error.toFixed(2)} | ${first.toFixed(0)} | ${last.toFixed(0)} | ${most.toFixed(0)} |`;
  return [
    '| after settling | an hour | first | last | most |',
    '|---|---|---|---|---|',
    ...memory.map((growth) => row({ ...growth, what: `${growth.what}, MB` })),
    ...others.map(row),
    '',
    broken.length === 0 ? 'Every bound was kept.' : broken.map((sentence) => `- **${sentence}**`).join('\n'),
    '',
  ].join('\n');
}
