// Whose memory a run takes: the graphics card's where the engine computes on it, the computer's otherwise.
import type { Space } from '#shared/space';
import type { EngineChoice, EngineReport } from '#shared/engine';

/** @param engine of the plan @param report of the engine that "automatic" takes here */
export function spaceFor(space: Space | undefined, engine: EngineChoice, report: EngineReport | undefined): Space | undefined {
  if (!space?.card) return space;
  const { card, ...computer } = space;
  if ((engine === 'auto' ? report?.name : engine) !== 'tensorflow-cuda') return computer;
  return { ...space, freeMemoryBytes: card.freeBytes, totalMemoryBytes: card.totalBytes };
}
