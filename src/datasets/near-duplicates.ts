// Pictures that look the same without being the same file: saved again, made smaller, a frame later. Found among 100,000 in about the time
// it takes to look at each once.
import { FINGERPRINT_BYTES, differenceHash, hashDistance, looksSame } from './fingerprint';

/** Bits of 64 in which the hashes of such pictures differ at most. */
const MOST_BITS = 7;
const BANDS = 4;
const BAND_BITS = 16;
/** Hashes looked at for one picture at most: drawings on white share most of their bits, and would be compared each with each. */
const MOST_LOOKED_AT = 4_096;

/**
 * Each picture is compared with the first of every group so far whose hash is near: hashes at most 7 bits apart have one of four bands of 16
 * bits in which they differ by one bit at most, so a look at 4 × 17 places of a table finds them (multi-index hashing, Norouzi et al. 2012).
 */
export class NearDuplicates {
  readonly #tables = Array.from({ length: BANDS }, () => new Map<number, number[]>());
  /** Of the firsts of groups. */
  readonly #hashes: [number, number][] = [];
  readonly #grey: Uint8Array[] = [];
  readonly #members: number[][] = [];
  readonly #seen: number[] = [];
  #turn = 0;

  /** `grey`: 18 × 16 as FINGERPRINT_LAYOUT; it is copied. */
  add(picture: number, grey: Uint8Array): void {
    if (grey.length !== FINGERPRINT_BYTES) throw new RangeError(`A fingerprint has ${FINGERPRINT_BYTES} bytes, not ${grey.length}.`);
    const hash = differenceHash(grey);
    const group = this.#find(hash, grey);
    if (group !== undefined) return void this.#members[group].push(picture);
    const made = this.#hashes.push(hash) - 1;
    this.#grey.push(Uint8Array.from(grey));
    this.#members.push([picture]);
    this.#seen.push(0);
    bandsOf(hash).forEach((band, i) => {
      const known = this.#tables[i].get(band);
      if (known) known.push(made);
      else this.#tables[i].set(band, [made]);
    });
  }

  /** Those of more than one picture; the first of each was added first. */
  get groups(): number[][] {
    return this.#members.filter(({ length }) => length > 1);
  }

  #find(hash: [number, number], grey: Uint8Array): number | undefined {
    const turn = ++this.#turn;
    let looked = 0;
    for (const [i, band] of bandsOf(hash).entries()) {
      for (let bit = -1; bit < BAND_BITS; bit++) {
        for (const group of this.#tables[i].get(bit < 0 ? band : band ^ (1 << bit)) ?? []) {
          if (this.#seen[group] === turn) continue;
          this.#seen[group] = turn;
          if (++looked > MOST_LOOKED_AT) return undefined;
          const [a, b] = this.#hashes[group];
          if (hashDistance(a, b, hash[0], hash[1]) > MOST_BITS) continue;
          if (looksSame(this.#grey[group], grey)) return group;
        }
      }
    }
    return undefined;
  }
}

const bandsOf = ([a, b]: [number, number]): number[] => [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
