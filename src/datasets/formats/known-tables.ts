// Tables that were made of a file's bytes, for the next file: nearly all of a data set have the same.

const MOST_KNOWN = 64;

export class KnownTables<Table> {
  readonly #known = new Map<string, Table>();

  /** @param data all that the table is made of */
  of(data: Buffer, make: (data: Buffer) => Table): Table {
    const key = data.toString('latin1');
    const known = this.#known.get(key);
    if (known) return known;
    const made = make(data);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}
