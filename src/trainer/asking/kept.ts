// What was asked last stays open for the next question; another takes its place, and it is let go when nobody asks it any more.

export interface Openable {
  dispose(): void | Promise<void>;
}

export class Kept {
  #last?: Lent;
  #opening: Promise<unknown> = Promise.resolve();

  /** @param name of what is opened and of the state it was in: another name is another thing, and of one name all are of one type */
  async use<Opened extends Openable, Result>(
    name: string,
    open: () => Promise<Opened>,
    work: (opened: Opened) => Promise<Result>,
  ): Promise<Result> {
    // One after another. Who is still at the one before is not waited for: many pictures take minutes, and both are open till those are told.
    const lending = this.#opening.then(() => this.#lend(name, open));
    this.#opening = lending.catch(() => undefined);
    const lent = await lending;
    try {
      return await work(lent.opened as Opened);
    } finally {
      await lent.release();
    }
  }

  async #lend(name: string, open: () => Promise<Openable>): Promise<Lent> {
    if (this.#last?.name !== name) {
      await this.#last?.release();
      this.#last = undefined;
      this.#last = new Lent(await open(), name);
    }
    return this.#last.lend();
  }
}

class Lent {
  #users = 1;

  constructor(
    readonly opened: Openable,
    readonly name: string,
  ) {}

  lend(): this {
    this.#users++;
    return this;
  }

  async release(): Promise<void> {
    if (--this.#users === 0) await this.opened.dispose();
  }
}
