// A timer for code that is shared and has none of its own.
import type { Later } from '#shared/hosted-import';

export const later: Later = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};
