// The process that reads pictures of a version while its page is open: started by the first question, ended when nobody has asked for a while.
import type { ListedPictures, PictureTile } from '#shared/asking';
import type { Child, Fork } from '#shared/child';
import { exitInWords } from '#shared/child';
import type { SampleTiles, SplitSettings, TileRequest, VersionView } from '#shared/dataset-view';
import { FailureError } from '#shared/failure';
import type { TableRows, TableView } from '#shared/table-view';
import type { ImporterCommand, ImporterMessage } from '#shared/trainer-messages';

const IDLE_MILLISECONDS = 60_000;

interface Waiting {
  resolve(message: ImporterMessage): void;
  reject(error: FailureError): void;
}

export class ViewerHost {
  #child?: Child<ImporterCommand, ImporterMessage>;
  /** Of the process that is there now. */
  #waiting = new Map<number, Waiting>();
  #number = 0;
  #idle?: NodeJS.Timeout;

  constructor(
    private readonly fork: Fork,
    private readonly idleMilliseconds = IDLE_MILLISECONDS,
  ) {}

  /** `folder`: of a table's version. */
  async table(folder: string, settings: SplitSettings): Promise<TableView> {
    const answer = await this.#ask((number) => ({ kind: 'view-table', number, folder, settings }));
    if (answer.kind !== 'table-viewed') throw unasked(answer);
    return answer.view;
  }

  /** `folder`: of a version. */
  async view(folder: string, settings: SplitSettings): Promise<VersionView> {
    const answer = await this.#ask((number) => ({ kind: 'view', number, folder, settings }));
    if (answer.kind !== 'viewed') throw unasked(answer);
    return answer.view;
  }

  async tiles(folder: string, request: TileRequest): Promise<SampleTiles> {
    const answer = await this.#ask((number) => ({ kind: 'tiles', number, folder, request }));
    if (answer.kind !== 'tiles') throw unasked(answer);
    return answer.tiles;
  }

  /** `folder`: of a table's version. */
  async rows(folder: string, rows: number[]): Promise<TableRows> {
    const answer = await this.#ask((number) => ({ kind: 'rows', number, folder, rows }));
    if (answer.kind !== 'rows') throw unasked(answer);
    return answer.rows;
  }

  /** Of files and folders that were given to be asked about. */
  async listPictures(paths: string[]): Promise<ListedPictures> {
    const answer = await this.#ask((number) => ({ kind: 'list-pictures', number, paths }));
    if (answer.kind !== 'pictures-listed') throw unasked(answer);
    return answer.listed;
  }

  async pictureTiles(files: string[], side: number): Promise<(PictureTile | undefined)[]> {
    const answer = await this.#ask((number) => ({ kind: 'picture-tiles', number, files, side }));
    if (answer.kind !== 'picture-tiles') throw unasked(answer);
    return answer.tiles;
  }

  /** Before a folder that may be open is removed, or because nobody wants to wait: who waits gets "cancelled". */
  close(): void {
    clearTimeout(this.#idle);
    for (const { reject } of this.#waiting.values()) reject(new FailureError({ kind: 'cancelled' }));
    this.#waiting = new Map();
    this.#child?.kill();
    this.#child = undefined;
  }

  #ask(command: (number: number) => ImporterCommand): Promise<ImporterMessage> {
    const number = this.#number++;
    this.#child ??= this.#start(this.#waiting);
    const waiting = this.#waiting;
    const answer = new Promise<ImporterMessage>((resolve, reject) => waiting.set(number, { resolve, reject }));
    this.#child.post(command(number));
    clearTimeout(this.#idle);
    return answer;
  }

  /** Nobody waits for an answer: a folder on a slow drive may take as long as it needs. */
  #rest(): void {
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), this.idleMilliseconds);
    // A page that is closed does not hold up the end of the app.
    this.#idle.unref();
  }

  /** @param asked questions to this process, and to no other */
  #start(asked: Map<number, Waiting>): Child<ImporterCommand, ImporterMessage> {
    const child = this.fork<ImporterCommand, ImporterMessage>('importer');
    child.onMessage((message) => {
      if (!('number' in message)) return;
      const waiting = asked.get(message.number);
      asked.delete(message.number);
      if (this.#child === child) this.#rest();
      if (message.kind === 'refused') waiting?.reject(new FailureError(message.failure));
      else waiting?.resolve(message);
    });
    child.onExit((how) => {
      if (this.#child === child) {
        this.#child = undefined;
        this.#waiting = new Map();
        clearTimeout(this.#idle);
      }
      const message = `the process that reads data sets ended, ${exitInWords(how)}. Open the page again.`;
      for (const { reject } of asked.values()) reject(new FailureError({ kind: 'unexpected', message }));
      asked.clear();
    });
    return child;
  }
}

const unasked = ({ kind }: ImporterMessage) => new Error(`The importing process answered "${kind}" to another question.`);
