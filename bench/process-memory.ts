// Peak memory of this process above what it held when made: Linux' own counter, the same meter as pytorch/memory.py.
import { readFileSync, writeFileSync } from 'node:fs';

function status(field: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

export class PeakMemory {
  private readonly baseline = status('VmRSS');

  /** Resident bytes above the baseline. */
  held(): number | undefined {
    return this.aboveBaseline('VmRSS');
  }

  /** The peak becomes what is held now. */
  reset(): void {
    try {
      writeFileSync('/proc/self/clear_refs', '5');
    } catch {
      // Not Linux: no figure then.
    }
  }

  peak(): number | undefined {
    return this.aboveBaseline('VmHWM');
  }

  private aboveBaseline(field: 'VmRSS' | 'VmHWM'): number | undefined {
    const bytes = status(field);
    return bytes === undefined || this.baseline === undefined ? undefined : bytes - this.baseline;
  }
}
