// The most memory a process has held, in bytes.
import { readFileSync } from 'node:fs';

/** By the kernel's own count: what `resourceUsage` says of a process begins with what its parent held when it was started. */
export function processPeakBytes(pid: number | 'self' = 'self'): number {
  if (process.platform !== 'linux' && pid === 'self') return process.resourceUsage().maxRSS * 1024;
  return 1024 * Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
