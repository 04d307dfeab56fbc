// How full the disk is on which the data lies: what is said of it, until it is closed or there is room again.
import type { WindowApi } from '#shared/contract';
import type { DiskRoom } from '#shared/disk-room';
import { isClearlyWorse, type DiskState, type DiskUse } from '#shared/disk-state';
import { answered } from './answered';

export class Disk {
  now = $state.raw<DiskState>();
  /** What was free when the notice was closed. */
  #closedAt = $state<number>();

  constructor(
    private readonly api: Pick<WindowApi, 'getDisk'>,
    private readonly onChange: (room: DiskRoom) => void,
  ) {}

  async load(): Promise<void> {
    const now = await answered(this.api.getDisk());
    if (now) this.hear(now);
  }

  hear(now: DiskState): void {
    this.now = now;
    if (!now.low) this.#closedAt = undefined;
    this.onChange(now);
  }

  /** What takes the room, where that is to be said. */
  get notice(): (DiskUse & Pick<DiskState, 'freeBytes'>) | undefined {
    const { low, freeBytes } = this.now ?? {};
    if (!low || freeBytes === undefined) return undefined;
    const isKnown = this.#closedAt !== undefined && !isClearlyWorse(freeBytes, this.#closedAt);
    return isKnown ? undefined : { ...low, freeBytes };
  }

  /** It was read: said again when it is clearly worse. */
  close(): void {
    this.#closedAt = this.now?.freeBytes;
  }
}
