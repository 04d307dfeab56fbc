// Questions about what is set for the whole app, and what Settings shows of it.
import { FailureError } from '#shared/failure';
import type { Handlers } from '../answer';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'getPreferences' | 'changePreferences' | 'getAppFacts' | 'testNotification'>;

export function preferenceQuestions({ desktop, guard, preferences, send }: Services): Questions {
  preferences.onChange((now) => send({ kind: 'preferences', preferences: now }));
  return {
    getPreferences: () => preferences.now,
    changePreferences: (change) => preferences.change(change),
    getAppFacts: async () => ({
      refusedRequests: guard.refused,
      countedSince: guard.since,
      canNotify: desktop.canNotify(),
      hasTray: await desktop.hasTray(),
      ...(preferences.problem !== undefined && { preferencesProblem: preferences.problem }),
    }),
    testNotification() {
      if (!desktop.canNotify())
        throw new FailureError({
          kind: 'bad-setting',
          problem: 'This desktop shows no notifications. What happens is told in the window.',
        });
      desktop.notify('This is how Overbatch tells you that a run has ended.');
    },
  };
}
