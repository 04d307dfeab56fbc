// Weights of a file by the layers they belong to. Names of layers need not be unique in models inside models, so each weight is found by the longest
// path that names it, and given to one layer only.
import type { StartWeight } from '#engine/start-weights';
import { refused } from './refused';
import type { WeightSource } from './translate';

export class NamedWeights {
  /** By the last two parts of their names: the layer's and the weight's, without the models around it. */
  readonly #byEnd = new Map<string, string[]>();
  readonly #taken = new Set<string>();

  constructor(
    private readonly file: string,
    private readonly byName: ReadonlyMap<string, StartWeight>,
  ) {
    for (const name of byName.keys()) {
      const end = endOf(name);
      const others = this.#byEnd.get(end);
      if (others) others.push(name);
      else this.#byEnd.set(end, [name]);
    }
  }

  /** @throws FailureError bad-model where it is not there, or not one layer's alone */
  take({ path, weight }: WeightSource): { name: string; found: StartWeight } {
    const name = this.#nameOf(path, weight);
    const said = `${path.at(-1)}/${weight}`;
    if (name === undefined) throw refused(this.file, `its weights of "${said}" are missing. Save the model again.`);
    if (this.#taken.has(name)) throw this.#unclear(path);
    this.#taken.add(name);
    return { name: said, found: this.byName.get(name)! };
  }

  #nameOf(path: readonly string[], weight: string): string | undefined {
    const alike = this.#byEnd.get(endOf(`${path.at(-1)}/${weight}`)) ?? [];
    for (let from = 0; from < path.length; from++) {
      const wanted = [...path.slice(from), weight].join('/');
      const matching = alike.filter((name) => name === wanted || name.endsWith(`/${wanted}`));
      if (matching.length === 1) return matching[0];
      if (matching.includes(wanted)) return wanted;
      if (matching.length > 1) throw this.#unclear(path);
    }
    return undefined;
  }

  #unclear(path: readonly string[]): Error {
    return refused(
      this.file,
      `two of its layers are called "${path.at(-1)}", and it does not say whose weights are whose. Give each a name of its own.`,
    );
  }
}

const endOf = (name: string): string => name.split('/').slice(-2).join('/');
