// Which samples are learnt from and which only measured: the data set's own split, or a stratified and seeded one that no later version
// of the data moves.
import { createHash } from 'node:crypto';
import type { Departed, SplitName, SplitPlace } from '#shared/dataset';

export interface Split {
  /** Ascending. */
  train: Int32Array;
  validation: Int32Array;
  /** The validation part is the data set's own. */
  ownSplit: boolean;
}

/** 1: places are drawn by the samples' names; 2: by their group or content. */
export type SplitRule = 1 | 2;

export interface SplitOptions {
  /** Share of each class held out, 0 to 1. */
  validationShare: number;
  seed: number;
  /** Of a run that began under an older one; absent: 2, which splits what was imported before it by the names all the same. */
  rule?: SplitRule;
}

export interface Splittable {
  labels: readonly string[];
  samples: readonly (SplitPlace & { file: string; label: number; split: SplitName; key?: string })[];
  departed?: readonly Departed[];
}

interface Member {
  /** −1: it is not in this version any more. */
  index: number;
  /** What is drawn as one: a group, equal content, or one sample. */
  unit: string;
  stratum: string;
  split: SplitName;
}

type Side = 'train' | 'validation';

/**
 * Generation by generation, in the order in which the data came: a generation's places depend on it and on those before it, so adding data
 * moves nothing; what was relabelled or dropped since counts as what it was when it came, so neither does that.
 * A generation with a validation part of its own is split by that, and so is all that comes later. In any other, of each class as many are
 * held out as bring its share of all that came so far nearest to the one asked for, in the order of a hash of seed and unit; a unit is
 * never parted, and one sample of a class at least is learnt from. Samples of a test part are in neither.
 */
export function splitIndices(data: Splittable, { validationShare, seed, rule = 2 }: SplitOptions): Split {
  const sides = new Map<string, Side>();
  const strata = new Strata(validationShare);
  const [train, validation]: [number[], number[]] = [[], []];
  const settle = ({ index }: Member, side: Side) => void (index >= 0 && (side === 'train' ? train : validation).push(index));
  let ownSplit = false;
  for (const members of generations(data, rule)) {
    const own = members.filter(({ split }) => split === 'validation');
    const learnable = members.filter(({ split }) => split === 'train' || split === 'none');
    for (const member of own) settle(member, 'validation');
    ownSplit ||= own.length > 0;
    const fresh = units(learnable.filter(({ unit }) => !sides.has(unit)));
    for (const member of learnable) {
      const side = sides.get(member.unit);
      if (!side) continue;
      strata.count(member, side);
      settle(member, side);
    }
    const held = ownSplit ? new Set<string>() : draw(fresh, strata, seed);
    for (const [unit, ofUnit] of fresh) {
      const side = held.has(unit) ? 'validation' : 'train';
      sides.set(unit, side);
      for (const member of ofUnit) settle(member, side);
    }
  }
  return { train: Int32Array.from(train).sort(), validation: Int32Array.from(validation).sort(), ownSplit };
}

/** Ascending. The data's own test part: no split has any of it. */
export const testIndices = ({ samples }: Pick<Splittable, 'samples'>): Int32Array =>
  Int32Array.from(samples.flatMap(({ split }, index) => (split === 'test' ? [index] : [])));

/** Oldest first. */
function generations({ labels, samples, departed = [] }: Splittable, rule: SplitRule): Member[][] {
  const bySince = new Map<number, Member[]>();
  const add = (since: number, member: Member) => {
    const members = bySince.get(since);
    if (members) members.push(member);
    else bySince.set(since, [member]);
  };
  samples.forEach(({ file, label, split, key, since = 1, stratum = labels[label], group, drawnBy }, index) => {
    const unit = rule === 1 ? file : group === undefined ? (drawnBy ?? key ?? file) : `group ${group}`;
    add(since, { index, unit, stratum, split });
  });
  for (const { key, split, since = 1, stratum, group, drawnBy } of departed) {
    add(since, { index: -1, unit: group === undefined ? (drawnBy ?? key) : `group ${group}`, stratum, split });
  }
  return [...bySince].sort(([a], [b]) => a - b).map(([, members]) => members);
}

type Units = Map<string, Member[]>;

function units(members: readonly Member[]): Units {
  const byUnit: Units = new Map();
  for (const member of members) {
    const unit = byUnit.get(member.unit);
    if (unit) unit.push(member);
    else byUnit.set(member.unit, [member]);
  }
  return byUnit;
}

/** The units held out. Those of several samples go first: single ones then bring every class to its share. */
function draw(fresh: Units, strata: Strata, seed: number): Set<string> {
  const ordered = [...fresh].map(([unit, members], place) => ({ unit, members, place, hash: hashOf(seed, unit) }));
  ordered.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.place - b.place));
  strata.open(ordered.flatMap(({ members }) => members));
  const held = new Set<string>();
  const inTurn = [...ordered.filter(({ members }) => members.length > 1), ...ordered.filter(({ members }) => members.length === 1)];
  for (const { unit, members } of inTurn) if (strata.take(members)) held.add(unit);
  strata.close();
  return held;
}

const hashOf = (seed: number, unit: string): string => createHash('sha256').update(`${seed}\n${unit}`).digest('hex');

/** How many of each class came, how many are held out, and how many more are wanted of the generation that is being drawn. */
class Strata {
  readonly #known = new Map<string, { total: number; held: number; fresh: number; wanted: number }>();

  constructor(private readonly share: number) {}

  /** A member of a unit whose side is known from before. */
  count({ stratum }: Member, side: Side): void {
    const counts = this.#of(stratum);
    counts.total++;
    if (side === 'validation') counts.held++;
  }

  open(members: readonly Member[]): void {
    for (const { stratum } of members) this.#of(stratum).fresh++;
    for (const counts of this.#known.values()) {
      const { total, held, fresh } = counts;
      const learntFrom = total - held;
      const most = learntFrom > 0 ? fresh : fresh - 1;
      counts.wanted = Math.max(0, Math.min(Math.round((total + fresh) * this.share) - held, most));
    }
  }

  /** Whether these, held out together, bring the classes nearer to what is wanted of them. */
  take(members: readonly Member[]): boolean {
    const here = new Map<string, number>();
    for (const { stratum } of members) here.set(stratum, (here.get(stratum) ?? 0) + 1);
    let gain = 0;
    for (const [stratum, count] of here) {
      const { wanted, total, fresh, held } = this.#of(stratum);
      if (total + fresh - held - count < 1) return false;
      gain += wanted - Math.abs(wanted - count);
    }
    if (gain <= 0) return false;
    for (const [stratum, count] of here) {
      const counts = this.#of(stratum);
      counts.wanted = Math.max(0, counts.wanted - count);
      counts.held += count;
    }
    return true;
  }

  close(): void {
    for (const counts of this.#known.values()) {
      counts.total += counts.fresh;
      counts.fresh = 0;
      counts.wanted = 0;
    }
  }

  #of(stratum: string) {
    let counts = this.#known.get(stratum);
    if (!counts) this.#known.set(stratum, (counts = { total: 0, held: 0, fresh: 0, wanted: 0 }));
    return counts;
  }
}
