// How many usable pictures each class has in each part of the split.
import { language, listed as listedWhole, locale, quoted } from '#shared/language';
import type { SplitName } from '#shared/dataset';

export type PerSplit = Record<SplitName, number>;

export class ClassCounts {
  readonly #counts: PerSplit[];

  constructor(readonly labels: readonly string[]) {
    this.#counts = labels.map(() => ({ train: 0, validation: 0, test: 0, none: 0 }));
  }

  add({ label, split }: { label: number; split: SplitName }): void {
    this.#counts[label][split]++;
  }

  of(label: number): PerSplit {
    return this.#counts[label];
  }

  ofClass(label: number): number {
    const { train, validation, test, none } = this.#counts[label];
    return train + validation + test + none;
  }

  /** Pictures to learn from: those that are not set aside by the data set itself. */
  toLearnFrom(label: number): number {
    return this.#counts[label].train + this.#counts[label].none;
  }

  inSplit(split: SplitName): number {
    return this.#counts.reduce((sum, counts) => sum + counts[split], 0);
  }

  get total(): number {
    return this.labels.reduce((sum, _, label) => sum + this.ofClass(label), 0);
  }
}

/** A name, where a sentence begins with it or is given it. */
export const named = (name: string): string => (language === 'en' ? `"${name}"` : quoted(name));

/** "a", "a and b", "a, b and 7 more": a list that stays a sentence however long it is. */
export function listed(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).map(named);
  if (names.length > most) return `${shown.join(', ')} and ${(names.length - most).toLocaleString(locale)} more`;
  return listedWhole(shown);
}

/** "1 picture", "1,797 pictures". */
export const counted = (count: number, one: string, many: string): string => `${count.toLocaleString(locale)} ${count === 1 ? one : many}`;
