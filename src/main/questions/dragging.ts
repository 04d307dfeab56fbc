// Questions about what is dragged out of the window: the system takes a file from here, the page names a token or gives the content.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileNameWith } from '#shared/exports';
import { FailureError } from '#shared/failure';
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { COMPARISON_TEXTS } from './comparing';

type Questions = Pick<Handlers, 'dragSaved' | 'dragComparison' | 'dragPicture'>;

export function draggingQuestions({ desktop, drags, tokens }: Pick<Services, 'desktop' | 'drags' | 'tokens'>): Questions {
  return {
    dragSaved(token) {
      const file = tokens.data(token);
      if (!existsSync(file))
        throw new FailureError({ kind: 'bad-setting', problem: `${path.basename(file)} is no longer there. Save it again.` });
      desktop.startDrag(file);
    },
    dragComparison: (comparison, as) =>
      desktop.startDrag(drags.write(fileNameWith(comparison.title, `.${as}`), COMPARISON_TEXTS[as](comparison))),
    dragPicture: (title, png) => desktop.startDrag(drags.write(fileNameWith(title, '.png'), png)),
  };
}
