// Looks at the disk on which the data lies now and then, and tells the window how much room there is, and what takes it where there is little.
import { statfsSync } from 'node:fs';
import type { WindowEvent } from '#shared/window-event';
import { roomAt, type DiskRoom, type ReadDisk } from '#shared/disk-room';
import { isLow, runNeedsBytes, type DiskState, type DiskUse } from '#shared/disk-state';
import type { RunEvent } from '#shared/run-event';
import type { Training } from './training';

/** A look costs microseconds; a disk is seldom filled within a minute. */
const BETWEEN_LOOKS_MILLISECONDS = 20_000;
/** What takes the room is not looked through again meanwhile: there may be ten thousand runs. */
const USE_LASTS_MILLISECONDS = 120_000;
/** Of what was told last; less than that is no news. */
const NEWS_SHARE = 0.01;

export interface DiskServices {
  root: string;
  training: Pick<Training, 'onEvent'>;
  send(event: WindowEvent): void;
  /** What takes room, asked where there is little. */
  use(): Promise<DiskUse>;
  read?: ReadDisk;
}

export class DiskWatch {
  #now: DiskState | undefined;
  #needed = 0;
  #use?: { at: number; use: DiskUse };
  #looking?: Promise<void>;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly services: DiskServices) {
    services.training.onEvent((event) => this.#hear(event));
    this.#timer = setInterval(() => void this.look(), BETWEEN_LOOKS_MILLISECONDS);
    this.#timer.unref();
  }

  /** Undefined where the system does not say. */
  async state(): Promise<DiskState | undefined> {
    await this.look();
    return this.#now;
  }

  /** What takes room has changed. */
  lookThrough(): Promise<void> {
    this.#use = undefined;
    return this.look();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Two at once are one. */
  look(): Promise<void> {
    return (this.#looking ??= this.#look().finally(() => (this.#looking = undefined)));
  }

  async #look(): Promise<void> {
    const { root, read = statfsSync, send } = this.services;
    const room = roomAt(root, read);
    if (!room) return;
    const before = this.#now;
    const low = isLow(room, this.#needed, before?.low !== undefined) ? await this.#usedBy() : undefined;
    if (!low) this.#use = undefined;
    const now: DiskState = { ...room, ...(low && { low }) };
    if (before && !isNews(before, now)) return;
    this.#now = now;
    send({ kind: 'disk', disk: now });
  }

  /** What cannot be asked now is no reason to say nothing. */
  async #usedBy(): Promise<DiskUse> {
    const now = performance.now();
    if (this.#use && now - this.#use.at < USE_LASTS_MILLISECONDS) return this.#use.use;
    const use = await this.services.use().catch(() => NOTHING_KNOWN);
    this.#use = { at: now, use };
    return use;
  }

  #hear(event: RunEvent | 'ended'): void {
    if (event === 'ended') {
      this.#needed = 0;
      this.#use = undefined;
    } else if (event.kind === 'started') this.#needed = runNeedsBytes(event.parameters);
    else if (event.kind !== 'checkpoint' && event.kind !== 'saved') return;
    void this.look();
  }
}

const NOTHING_KNOWN: DiskUse = { weights: 0, goes: 0, datasets: 0, backups: 0 };

const isNews = (before: DiskState, now: DiskState): boolean =>
  (before.low === undefined) !== (now.low === undefined) || isElsewhere(before, now) || isOtherUse(before.low, now.low);

const isElsewhere = (before: DiskRoom, now: DiskRoom): boolean =>
  Math.abs(now.freeBytes - before.freeBytes) > NEWS_SHARE * before.freeBytes;

const isOtherUse = (before?: DiskUse, now?: DiskUse): boolean =>
  before?.weights !== now?.weights || before?.goes !== now?.goes || before?.datasets !== now?.datasets || before?.backups !== now?.backups;
