// One question in, one Answer out: arguments checked, any failure turned into data and a sentence.
import { API_NAMES, type ApiName } from '#shared/api-names';
import type { Answer, Api } from '#shared/contract';
import { failureSentence, toFailure } from '#shared/failure';
import type { Log } from './log';
import { validArguments } from './question-schemas';
import { whenFree } from './when-free';

export type Handlers = { [K in ApiName]: (...args: Parameters<Api[K]>) => ReturnType<Api[K]> | Promise<ReturnType<Api[K]>> };

export const QUESTIONS = Object.keys(API_NAMES) as ApiName[];

export async function answer<K extends ApiName>(
  handlers: Handlers,
  log: Log,
  question: K,
  given: unknown[],
): Promise<Answer<ReturnType<Api[K]>>> {
  try {
    const valid = validArguments(question, given);
    // What only asks the history comes to nothing where that is held; what does more waits for it in its place.
    const value = await whenFree(() => handlers[question](...valid));
    return { ok: true, value };
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind === 'unexpected') log.error(question, error);
    return { ok: false, failure, sentence: failureSentence(failure) };
  }
}
