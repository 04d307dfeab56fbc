// Before the proofs about the package: npm run package, once for all of them. With OVERBATCH_PACKAGED=1 what lies in dist/ is taken as it is.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../../scripts/setup/paths.mjs';

export default function setUp(): void {
  if (process.env.OVERBATCH_PACKAGED !== '1')
    execFileSync(process.execPath, [join(root, 'scripts/package.mjs')], { cwd: root, stdio: 'inherit' });
}
