// Questions about what Overbatch is made of, and under which licences: read from the files that come with it.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FailureError, toFailure } from '#shared/failure';
import { componentsIn } from '#shared/licences';
import type { Handlers } from '../answer';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'getLicences' | 'showBrowserLicences'>;

export function licenceQuestions({ made, desktop }: Pick<Services, 'made' | 'desktop'>): Questions {
  const read = (name: string): Promise<string> => {
    const file = path.join(made.folder, name);
    return readFile(file, 'utf8').catch((error: unknown) => {
      throw new FailureError(toFailure(error, file));
    });
  };
  return {
    async getLicences() {
      const { overbatch, electron, chromium, browserFile } = made;
      const own = { name: 'Overbatch', version: overbatch, licence: 'Apache-2.0', text: await read('LICENSE') };
      const components = [own, ...componentsIn(await read('THIRD-PARTY-NOTICES.md'))];
      return { overbatch, electron, chromium, components, hasBrowserFile: existsSync(browserFile) };
    },
    showBrowserLicences: () => desktop.showFolder(made.browserFile),
  };
}
