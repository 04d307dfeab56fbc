// One picture and what a trained model says about it: given alone, or one of many.
import { MOST_PICTURE_BYTES, PICTURE_TOO_LARGE, type AskedPicture, type PictureList, type PictureTile } from '#shared/asking';
import type { WindowApi } from '#shared/contract';
import type { SampleName } from '#shared/dataset';
import { FailureError } from '#shared/failure';
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
  /** The question that the answer shown is to. */
  #wanted = 0;
  /** Asked for, and neither answered nor given up. */
  #isOwed = false;
  /** The page is there: without it nothing is asked. */
  #isHere = false;

  constructor(private readonly api: WindowApi) {
    this.many = new TryMany(api);
    this.where = new WhereLook(api);
  }

  choose(what: 'pictures' | 'folder'): Promise<void> {
    return this.#take(() => answered(what === 'pictures' ? this.api.choosePictures() : this.api.choosePictureFolder()));
  }

  /** Those that come with a sample; the first is shown with its answer. */
  async giveSample(name: SampleName): Promise<void> {
    await this.#take(() => answered(this.api.samplePictures(name)));
    if (this.many.list) await this.pick(0);
  }

  /** Dropped or pasted. One picture alone may come from another program and have no place on the disk: then its bytes are asked about. */
  give(files: readonly File[]): Promise<void> {
    return this.#take(async () => {
      const answer = await this.api.acceptPictures([...files]);
      const [only] = files;
      const hasNoPlace = !answer.ok && files.length === 1 && only.type.startsWith('image/');
      return hasNoPlace ? bytesOf(only, only.name || 'Pasted picture') : answered(Promise.resolve(answer));
    });
  }

  /** Of the pictures in what was given. */
  cancelListing(): void {
    void this.api.cancelAsking('listing');
  }

  giveBytes(picture: Blob, name: string): Promise<void> {
    return this.#take(() => bytesOf(picture, name));
  }

  async #take(give: () => Promise<PictureList | Shown | null>): Promise<void> {
    const given = await this.choosing.run(give);
    if (!given) return;
    this.clear();
    if ('asked' in given) return this.#show(given);
    if (given.names.length === 1) return this.#show({ name: given.names[0], asked: { list: given.token, place: 0 } });
    this.many.open(given);
    await this.many.ask();
  }

  /** One of many, chosen in their list. */
  async pick(place: number): Promise<void> {
    const { list } = this.many;
    if (!list) return;
    this.many.look(place);
    if (!this.#answersTo(place)) await this.#show({ name: list.names[place], asked: { list: list.token, place } });
  }

  /** It is shown with its answer, or its answer is on its way. */
  #answersTo(place: number): boolean {
    const asked = this.picture?.asked;
    const isShown = asked !== undefined && 'list' in asked && asked.place === place && asked.list === this.many.list?.token;
    return isShown && (this.#isOwed || this.prediction !== undefined);
  }

  async #show(picture: Shown): Promise<void> {
    this.#letGo();
    this.picture = picture;
    // In a list it is seen there.
    if (!picture.url && !this.many.list) void this.#look(picture);
    await this.#ask();
  }

  async #look(picture: Shown): Promise<void> {
    if (!('list' in picture.asked)) return;
    const { list, place } = picture.asked;
    const answer = await this.api.readPictureTiles(list, { places: [place], side: SHOWN_SIDE });
    // Beside the answer the picture is no more than a help: one that cannot be shown is said there.
    if (answer.ok && picture === this.picture) this.tile = answer.value[0];
  }

  /** The page is there, and asks this run's model: another one is asked about the same pictures. */
  async turnTo(runId: string): Promise<void> {
    const isSame = runId === this.#runId;
    this.#isHere = true;
    this.#runId = runId;
    await Promise.all([isSame && !this.#isOwed ? undefined : this.#ask(), this.many.turnTo(runId)]);
  }

  async lookWhole(whole: boolean): Promise<void> {
    this.whole = whole;
    // What is shown stays until then, and with it what was clicked.
    await this.#ask(this.prediction);
  }

  /** After it was cancelled, or refused. */
  askAgain(): Promise<void> {
    return this.#ask();
  }

  /** Asked again meanwhile, only the last question is answered. */
  async #ask(shown?: Prediction): Promise<void> {
    const { picture } = this;
    const runId = this.#runId;
    this.prediction = shown;
    this.where.forget();
    if (!picture || runId === undefined) return;
    const wanted = ++this.#wanted;
    this.#isOwed = true;
    if (!this.#isHere) return;
    if (this.asking.running) return this.#end();
    const prediction = await this.asking.run(() => answered(this.api.askPicture(runId, picture.asked, this.whole)));
    if (wanted === this.#wanted) {
      this.prediction = prediction;
      // Nothing came because the page was left: it is still wanted.
      this.#isOwed &&= !prediction && !this.#isHere;
    } else if (this.#isOwed) await this.#ask();
  }

  /** The person does not want to wait. */
  cancel(): void {
    this.#isOwed = false;
    this.#end();
  }

  #end(): void {
    if (this.asking.running) void this.api.cancelAsking('picture');
  }

  /** Where in the picture the class was seen; the one that is answered, where none is named. */
  lookWhere(label?: string): Promise<void> {
    const wanted = label ?? this.prediction?.classes[0].label;
    if (!this.picture || this.#runId === undefined || wanted === undefined) return Promise.resolve();
    return this.where.look(this.#runId, this.picture.asked, wanted);
  }

  clear(): void {
    this.cancel();
    this.#letGo();
    this.picture = undefined;
    this.many.close();
    this.asking.forget();
    this.where.forget();
    this.#wanted++;
  }

  /** The page is left: the model's memory is free, and what is not answered yet is asked when it is back. */
  leave(): void {
    this.#isHere = false;
    this.many.leave();
    this.where.forget();
    void this.api.leaveModel();
  }

  #letGo(): void {
    if (this.picture?.url) URL.revokeObjectURL(this.picture.url);
    this.tile = undefined;
    this.prediction = undefined;
  }
}

async function bytesOf(picture: Blob, name: string): Promise<Shown> {
  if (picture.size > MOST_PICTURE_BYTES) throw new FailureError({ kind: 'bad-setting', problem: PICTURE_TOO_LARGE });
  return { name, asked: { bytes: new Uint8Array(await picture.arrayBuffer()) }, url: URL.createObjectURL(picture) };
}
