// The names of the messages between the window and main: a channel a question, one for events.
import type { ApiName } from './api-names';

export const questionChannel = (question: ApiName): string => `overbatch:ask:${question}`;

/** Carries an array of WindowEvent, about ten times a second at most. */
export const EVENT_CHANNEL = 'overbatch:events';
