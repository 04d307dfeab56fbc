// Questions about what is set for the whole app.
import type { Handlers } from '../answer';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'getPreferences' | 'changePreferences'>;

export function preferenceQuestions({ preferences, send }: Services): Questions {
  preferences.onChange((now) => send({ kind: 'preferences', preferences: now }));
  return {
    getPreferences: () => preferences.now,
    changePreferences: (change) => preferences.change(change),
  };
}
