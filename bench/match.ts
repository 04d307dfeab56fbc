// One match: every contestant trains the same network from the same files, round after round, one at a time.
import { setTimeout } from 'node:timers/promises';
import { Contestant, type ContestantOptions, type Side } from './contestant';
import { withDisturbance } from './disturbance';
import { firstMiniBatch } from './first-mini-batch';
import { piecesMemory, type PiecesMemory } from './piece-memory';
import type { Task } from './protocol';

export interface Result {
  label: string;
  version: string;
  side: Side;
  /** Of every round. */
  samplesPerSecond: number[];
  /** Up to the end of the first mini-batch: with whatever was traced or compiled. */
  firstPeakBytes?: number;
  /** Of the rounds. */
  peakBytes?: number;
  countedBytes?: number;
  /** One micro-batch's peak above weights, optimizer and samples, by resident memory and by the allocator. */
  pieces: PiecesMemory;
  /** Largest difference of any trainable weight after one mini-batch from the first contestant's. */
  difference: number;
}

export interface Match {
  results: Result[];
  /** Turns played again because others took more of the machine than MOST_DISTURBANCE. */
  repeated: number;
  /** Largest share of the machine that others took in any turn that counts. */
  disturbance: number;
}

export interface MatchOptions {
  rounds: number;
  /** Mini-batches of one turn. */
  turn: number;
  /** Most turns that are played again. */
  patience: number;
  folder: string;
  onProgress(text: string): void;
}

const MOST_DISTURBANCE = 0.04;
const WAIT_MS = 1000;

/** @throws Error when a contestant ends, or learns something else than the first one */
export async function playMatch(options: readonly ContestantOptions[], task: Task, settings: MatchOptions): Promise<Match> {
  const { rounds, folder, onProgress } = settings;
  const players: Contestant[] = [];
  const match: Match = { results: [], repeated: 0, disturbance: 0 };
  try {
    for (const option of options) {
      onProgress(`${option.label}: first mini-batch`);
      const player = await Contestant.start(option, folder);
      const { label, version, side } = player;
      match.results.push({ label, version, side, samplesPerSecond: [], pieces: { first: {}, later: {} }, difference: 0 });
      players.push(player);
      Object.assign(match.results[players.length - 1], await firstMiniBatch(player, task, folder));
    }
    for (const player of players) await player.ask({ kind: 'steps', count: settings.turn });
    for (const player of players) await player.ask({ kind: 'reset-peak' });
    for (let round = 0; round < rounds; round++) {
      onProgress(`round ${round + 1} of ${rounds}`);
      // Nobody always goes first.
      for (let k = 0; k < players.length; k++) {
        const i = (round + k) % players.length;
        match.results[i].samplesPerSecond.push(await playTurn(players[i], task, settings, match));
      }
    }
    for (const [i, player] of players.entries()) Object.assign(match.results[i], await player.ask({ kind: 'memory' }));
  } finally {
    await Promise.all(players.map((player) => player.stop()));
  }
  for (const [i, option] of options.entries()) {
    onProgress(`${option.label}: memory of one micro-batch`);
    match.results[i].pieces = await piecesMemory(option, task, folder);
  }
  return match;
}

/** Samples a second of one turn that others left alone. */
async function playTurn(player: Contestant, task: Task, { turn, patience, onProgress }: MatchOptions, match: Match): Promise<number> {
  for (;;) {
    const { result, share } = await withDisturbance(() => player.ask({ kind: 'steps', count: turn }));
    if (share <= MOST_DISTURBANCE || match.repeated >= patience) {
      match.disturbance = Math.max(match.disturbance, share);
      return (1000 * turn * task.batch) / result.milliseconds;
    }
    match.repeated++;
    onProgress(`${player.label}: others took ${(100 * share).toFixed(0)} % of the machine, once more`);
    await setTimeout(WAIT_MS);
  }
}
