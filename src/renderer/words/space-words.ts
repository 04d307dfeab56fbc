// How much memory is free, and who holds the rest where that is known.
import { formatBytes } from '#shared/bytes';
import type { CardUser } from '#shared/card-memory';
import type { Space } from '#shared/space';

/** More would be a list nobody reads. */
const MOST_USERS = 3;

const userSentence = ({ program, bytes }: CardUser): string =>
  bytes === undefined ? `${program} uses the card, too.` : `${program} holds ${formatBytes(bytes)} of it.`;

export function freeSentences({ freeMemoryBytes, totalMemoryBytes, card }: Space): string[] {
  const [free, total] = [formatBytes(freeMemoryBytes), formatBytes(totalMemoryBytes)];
  if (!card) return [`${free} of ${total} are free now.`];
  return [`${free} of ${total} are free now on the ${card.name}.`, ...card.users.slice(0, MOST_USERS).map(userSentence)];
}
