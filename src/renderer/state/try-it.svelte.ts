// One picture and what a trained model says about it: given alone, or one of many.
import type { AskedPicture, PictureList, PictureTile } from '#shared/asking';
import type { WindowApi } from '#shared/contract';
import type { Prediction } from '#shared/prediction';
import { answered } from './answered';
import { Task } from './task.svelte';
import { TryMany } from './try-many.svelte';
import { WhereLook } from './where-look.svelte';

interface Shown {
  name: string;
  asked: AskedPicture;
  /** Of pasted ones, to look at. */
  url?: string;
}

/** Longest edge of the picture beside its answer. */
const SHOWN_SIDE = 256;

export class TryIt {
  picture = $state.raw<Shown>();
  /** Of a file, which the page cannot read itself. */
  tile = $state.raw<PictureTile>();
  prediction = $state.raw<Prediction>();
  /** A mask of all of the picture at once, however large it is. */
  whole = $state(false);
  readonly choosing = new Task();
  readonly asking = new Task();
  readonly many: TryMany;
  readonly where: WhereLook;
  #runId?: string;
  /** The page was left before the answer came. */
  #isInterrupted = false;
  /** The question that the answer shown is to. */
  #wanted = 0;

  constructor(private readonly api: WindowApi) {
    this.many = new TryMany(api);
    this.where = new WhereLook(api);
  }

  choose(what: 'pictures' | 'folder'): Promise<void> {
    return this.#take(() => answered(what === 'pictures' ? this.api.choosePictures() : this.api.choosePictureFolder()));
  }

  /** Dropped or pasted. One picture alone may come from another program and have no place on the disk: then its bytes are asked about. */
  async give(files: readonly File[]): Promise<void> {
    const answer = await this.api.acceptPictures([...files]);
    const [only] = files;
    if (!answer.ok && files.length === 1 && only.type.startsWith('image/')) return this.giveBytes(only, only.name || 'Pasted picture');
    return this.#take(() => answered(Promise.resolve(answer)));
  }

  async giveBytes(picture: Blob, name: string): Promise<void> {
    const bytes = await this.choosing.run(async () => new Uint8Array(await picture.arrayBuffer()));
    if (!bytes) return;
    this.clear();
    await this.#show({ name, asked: { bytes }, url: URL.createObjectURL(picture) });
  }

  async #take(give: () => Promise<PictureList | null>): Promise<void> {
    const list = await this.choosing.run(give);
    if (!list) return;
    this.clear();
    if (list.names.length === 1) return this.#show({ name: list.names[0], asked: { list: list.token, place: 0 } });
    this.many.open(list);
    if (this.#runId !== undefined) await this.many.ask(this.#runId);
  }

  /** One of many, chosen in their list. */
  async pick(place: number): Promise<void> {
    const { list } = this.many;
    if (list) await this.#show({ name: list.names[place], asked: { list: list.token, place } });
  }

  async #show(picture: Shown): Promise<void> {
    this.#letGo();
    this.picture = picture;
    if (!picture.url) void this.#look(picture);
    await this.#ask();
  }

  async #look(picture: Shown): Promise<void> {
    if (!('list' in picture.asked)) return;
    const { list, place } = picture.asked;
    const answer = await this.api.readPictureTiles(list, { places: [place], side: SHOWN_SIDE });
    // Beside the answer the picture is no more than a help: one that cannot be shown is said there.
    if (answer.ok && picture === this.picture) this.tile = answer.value[0];
  }

  /** Another model was chosen: it is asked about the same pictures. */
  async turnTo(runId: string): Promise<void> {
    if (this.#runId === runId) return this.#isInterrupted ? this.#ask() : undefined;
    this.#runId = runId;
    await Promise.all([this.#ask(), this.many.ask(runId)]);
  }

  async lookWhole(whole: boolean): Promise<void> {
    this.whole = whole;
    await this.#ask();
  }

  /** Asked again meanwhile, only the last question is answered. */
  async #ask(): Promise<void> {
    const { picture } = this;
    const runId = this.#runId;
    this.prediction = undefined;
    this.#isInterrupted = false;
    this.where.forget();
    if (!picture || runId === undefined) return;
    const wanted = ++this.#wanted;
    if (this.asking.running) return this.cancel();
    const prediction = await this.asking.run(() => answered(this.api.askPicture(runId, picture.asked, this.whole)));
    if (wanted === this.#wanted) this.prediction = prediction;
    else await this.#ask();
  }

  cancel(): void {
    void this.api.cancelAsking('picture');
  }

  /** Where in the picture the class was seen; the one that is answered, where none is named. */
  lookWhere(label?: string): Promise<void> {
    const wanted = label ?? this.prediction?.classes[0].label;
    if (!this.picture || this.#runId === undefined || wanted === undefined) return Promise.resolve();
    return this.where.look(this.#runId, this.picture.asked, wanted);
  }

  clear(): void {
    this.#letGo();
    this.picture = undefined;
    this.many.close();
    this.asking.forget();
    this.where.forget();
    this.#wanted++;
  }

  /** The page is left: the model's memory is free. */
  leave(): void {
    this.#isInterrupted = this.asking.running;
    this.many.cancel();
    void this.api.leaveModel();
  }

  #letGo(): void {
    if (this.picture?.url) URL.revokeObjectURL(this.picture.url);
    this.tile = undefined;
    this.prediction = undefined;
  }
}
