// Before the first window of a test run: the app built, and what any window needs. Quick where npm test did it before.
import { ensureBuild } from '../../scripts/setup/build.mjs';
import prepareWindows from '../support/window/set-up';

export default async function setUp(): Promise<(() => void) | undefined> {
  await ensureBuild();
  return prepareWindows();
}
