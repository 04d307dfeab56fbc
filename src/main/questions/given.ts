// Questions about what was handed over to be opened from outside the window.
import type { Handlers } from '../answer';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'getGiven' | 'settleGiven'>;

export const givenQuestions = ({ given }: Services): Questions => ({
  getGiven: () => given.waiting,
  settleGiven: (token) => given.settle(token),
});
