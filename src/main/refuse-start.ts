// A start that cannot be: the person is told, and the app ends. Without a window it would only keep others from starting.
import { app } from 'electron';
import { failureSentence, toFailure } from '#shared/failure';
import type { Log } from './log';
import { askAtStart } from './native-question';

export async function refuse(sentence: string): Promise<void> {
  await askAtStart(sentence, ['Quit']);
  app.exit(1);
}

export async function failToStart(error: unknown, log: Log): Promise<void> {
  log.error('start', error);
  await refuse(`Overbatch could not start: ${failureSentence(toFailure(error))}`);
}
