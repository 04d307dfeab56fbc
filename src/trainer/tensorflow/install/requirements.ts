// Which NVIDIA wheels a TensorFlow wheel asks for, read from its own metadata and answered from the pins.
import { FailureError } from '#shared/failure';
import { CUDA_WHEELS, type PinnedWheel } from './pins';

export interface Requirement {
  project: string;
  /** e.g. [['>=', '12.5.3.2'], ['<', '13.0']] */
  bounds: [operator: string, version: string][];
}

/** The requirements of an extra, e.g. of `tensorflow[and-cuda]`, in a wheel's METADATA. */
export function parseRequirements(metadata: string, extra: string): Requirement[] {
  const requirements: Requirement[] = [];
  for (const line of metadata.split(/\r?\n/)) {
    if (line === '') break; // The description follows the headers.
    const match = /^Requires-Dist:\s*([A-Za-z0-9._-]+)\s*\(?([^;)]*)\)?\s*;\s*(.*)$/.exec(line);
    if (!match || !new RegExp(`extra\\s*==\\s*["']${extra}["']`).test(match[3])) continue;
    const bounds = match[2].split(',').flatMap((part): Requirement['bounds'] => {
      const bound = /^\s*(>=|<=|==|!=|<|>)\s*([0-9.]+)\s*$/.exec(part);
      return bound ? [[bound[1], bound[2]]] : [];
    });
    requirements.push({ project: match[1].toLowerCase().replace(/[._]+/g, '-'), bounds });
  }
  return requirements;
}

/** The pinned wheel for every requirement, or a failure that names the one without. */
export function cudaWheels(metadata: string, pins = CUDA_WHEELS): PinnedWheel[] {
  return parseRequirements(metadata, 'and-cuda').map((requirement) => {
    const pin = pins.find(({ project, version }) => project === requirement.project && isWithin(version, requirement));
    if (pin) return pin;
    const range = requirement.bounds.map((bound) => bound.join(' ')).join(', ');
    const problem = `TensorFlow asks for ${requirement.project} ${range}, which this version of Overbatch does not know. Update Overbatch.`;
    throw new FailureError({ kind: 'engine-install', problem });
  });
}

function isWithin(version: string, { bounds }: Requirement): boolean {
  return bounds.every(([operator, bound]) => {
    const order = compareVersions(version, bound);
    switch (operator) {
      case '>=':
        return order >= 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      case '==':
        return order === 0;
      default:
        return order !== 0;
    }
  });
}

/** Release numbers part by part; a missing part is 0. */
function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
