// Is this Node new enough? Asked before anything that would fail on an older one with a riddle.
import { Problem } from './problem.mjs';

const OLDEST = [20, 19];

/** @param {string} version e.g. "20.19.0" */
export function nodeIsNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

export function requireNode(version = process.versions.node) {
  if (nodeIsNewEnough(version)) return;
  throw new Problem(
    `Overbatch needs Node ${OLDEST.join('.')} or newer, and this is Node ${version}. Install a current Node and run the same command again.`,
  );
}
