// The diagnostics as the zip that is handed on.
import { strToU8, zipSync } from 'fflate';

export const zipOf = (texts: Iterable<readonly [name: string, text: string]>): Uint8Array =>
  zipSync(Object.fromEntries([...texts].map(([name, text]) => [name, strToU8(text)])));
