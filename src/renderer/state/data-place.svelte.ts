// Where the data lies, and moving it: asked for when it is looked at, followed while it goes on.
import type { WindowApi } from '#shared/contract';
import type { DataLook, DataPlace, FolderOffer, MoveProgress, OtherData } from '#shared/data-move';
import { answered } from './answered';
import { Task } from './task.svelte';

export class DataPlaceState {
  now = $state.raw<DataPlace>();
  /** The folder that was chosen and is not decided about. */
  offer = $state.raw<FolderOffer>();
  /** Data that is to be used or removed, asked about first; what lies there comes a moment later. */
  asked = $state.raw<{ which: OtherData; look?: DataLook }>();
  progress = $state.raw<MoveProgress>();
  /** A move that was asked for, until it is done; the app then starts again. */
  readonly moving = new Task();
  readonly choosing = new Task();
  readonly looking = new Task();
  readonly changing = new Task();
  /** It was found going on by a window that was loaded anew. */
  #isFound = $state(false);

  constructor(private readonly api: WindowApi) {}

  get isMoving(): boolean {
    return this.moving.running || this.#isFound;
  }

  async load(): Promise<void> {
    const answer = await this.api.getDataPlace();
    if (!answer.ok) return;
    this.now = answer.value;
    this.#isFound = answer.value.moving !== undefined;
    this.progress ??= answer.value.moving;
  }

  hear(progress: MoveProgress): void {
    this.progress = progress;
  }

  async choose(): Promise<void> {
    this.moving.forget();
    this.changing.forget();
    const offer = await this.choosing.run(() => answered(this.api.chooseDataFolder()));
    if (offer) this.offer = offer;
  }

  forget(): void {
    this.offer = undefined;
  }

  async move(): Promise<void> {
    const { offer } = this;
    if (offer?.kind !== 'free') return;
    this.offer = undefined;
    await this.#move(() => answered(this.api.moveData(offer.token)));
  }

  continue(): Promise<void> {
    return this.#move(() => answered(this.api.continueMove()));
  }

  async cancel(): Promise<void> {
    await this.api.cancelMove();
    if (!this.moving.running) await this.load();
  }

  undo(): Promise<void> {
    return this.#change(() => answered(this.api.undoMove()));
  }

  async use(): Promise<void> {
    const { offer } = this;
    if (offer?.kind !== 'holds-data') return;
    this.offer = undefined;
    await this.#change(() => answered(this.api.useDataFolder(offer.token)));
  }

  async ask(which: OtherData): Promise<void> {
    this.asked = { which };
    const look = await this.looking.run(() => answered(this.api.lookAtData(which)));
    if (look && this.asked?.which === which) this.asked = { which, look };
  }

  leaveAsked(): void {
    this.asked = undefined;
  }

  /** Data in the usual folder is used, an old copy removed. */
  async agree(): Promise<void> {
    const { asked } = this;
    this.asked = undefined;
    if (asked?.which === 'usual') await this.#change(() => answered(this.api.useUsualFolder()));
    if (asked?.which === 'before') await this.#change(() => answered(this.api.removeOldData()));
  }

  keepOld(): Promise<void> {
    return this.#change(() => answered(this.api.keepOldData()));
  }

  async #move(work: () => Promise<void>): Promise<void> {
    this.progress = undefined;
    await this.moving.run(work);
    await this.load();
  }

  async #change(work: () => Promise<void>): Promise<void> {
    this.moving.forget();
    await this.changing.run(work);
    await this.load();
  }
}
