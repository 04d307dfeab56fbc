// Asks the graphics card's driver for its memory by the driver's own tool; a computer without one has no card to tell of.
import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { CARD_QUESTION, parseCard, USERS_QUESTION, type CardMemory } from '#shared/card-memory';

const TOOL = 'nvidia-smi';
/** A driver that hangs is not waited for. */
const MOST_MILLISECONDS = 3_000;

/** @param tool the driver's; where it lies is the system's to know */
export async function askCard(tool = TOOL): Promise<CardMemory | undefined> {
  const ask = async (question: string[]): Promise<string> =>
    (await promisify(execFile)(tool, question, { timeout: MOST_MILLISECONDS, windowsHide: true })).stdout;
  try {
    const [card, users] = await Promise.all([ask(CARD_QUESTION), ask(USERS_QUESTION)]);
    return parseCard(card, users, basename(process.execPath));
  } catch {
    return undefined;
  }
}
