// One picture and what a trained model says about it.
import type { Chosen, WindowApi } from '#shared/contract';
import type { Prediction } from '#shared/prediction';
import { answered } from './answered';
import { Task } from './task.svelte';

type Picture = { name: string; token: string } | { name: string; bytes: Uint8Array; url: string };

export class TryIt {
  picture = $state.raw<Picture>();
  prediction = $state.raw<Prediction>();
  readonly choosing = new Task();
  readonly asking = new Task();
  /** The run whose model is to be asked next. */
  #wanted?: string;
  /** The run whose model was asked last. */
  #asked?: string;

  constructor(private readonly api: WindowApi) {}

  async choose(runId: string): Promise<void> {
    const chosen = await this.choosing.run<Chosen | null>(() => answered(this.api.choosePicture()));
    if (chosen) await this.#take(runId, chosen);
  }

  /** A dropped or pasted picture. */
  async give(runId: string, file: File): Promise<void> {
    const bytes = await this.choosing.run(async () => new Uint8Array(await file.arrayBuffer()));
    if (bytes) await this.#take(runId, { name: file.name || 'Pasted picture', bytes, url: URL.createObjectURL(file) });
  }

  async #take(runId: string, picture: Picture): Promise<void> {
    this.clear();
    this.picture = picture;
    await this.ask(runId);
  }

  /** Another model was chosen: it is asked about the same picture. */
  async turnTo(runId: string): Promise<void> {
    if (this.picture && this.#asked !== runId) await this.ask(runId);
  }

  /** Asks the model of this run about the picture there is; asked again meanwhile, only the last question is answered. */
  async ask(runId: string): Promise<void> {
    this.prediction = undefined;
    this.#wanted = this.#asked = runId;
    if (this.asking.running) return;
    while (this.#wanted !== undefined && this.picture) {
      const { picture } = this;
      const asked = this.#wanted;
      this.#wanted = undefined;
      const prediction = await this.asking.run(() =>
        answered('bytes' in picture ? this.api.classifyBytes(asked, picture.bytes) : this.api.classify(asked, picture.token)),
      );
      if (this.#wanted === undefined && picture === this.picture) this.prediction = prediction;
    }
  }

  clear(): void {
    if (this.picture && 'url' in this.picture) URL.revokeObjectURL(this.picture.url);
    this.picture = undefined;
    this.prediction = undefined;
    this.#wanted = undefined;
    this.asking.forget();
  }
}
