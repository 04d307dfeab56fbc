// What is asked before a run is left alone or ended: it names the run, how far it is, and what becomes of those that wait.
import type { Situation } from './situation';

/** `go-on`: without the window. `pause`, `stop`: quit, with its place or its best model saved. */
export type ClosingAnswer = 'go-on' | 'pause' | 'stop' | 'stay';

export interface ClosingQuestion {
  message: string;
  detail: string;
  /** The first is the one that Enter gives; Escape is to stay. */
  answers: { label: string; means: ClosingAnswer }[];
}

/** Undefined: nothing is lost by closing. @param hasTray the desktop is known to show one */
export function closeQuestion(now: Situation, hasTray: boolean): ClosingQuestion | undefined {
  if (now.kind !== 'training' && now.kind !== 'next') return undefined;
  const back = hasTray
    ? 'an icon in the tray shows how far it is and brings the window back'
    : 'starting Overbatch again brings the window back';
  const without = `It can go on without the window: ${back}. When all runs are done, Overbatch ends.`;
  const goOn = { label: 'Go On Without the Window', means: 'go-on' as const };
  const stay = { label: 'Cancel', means: 'stay' as const };
  if (now.kind === 'next')
    return {
      message: messageOf(now),
      detail: paragraphs(without, keptWords(now)),
      answers: [goOn, { label: 'Quit', means: 'pause' }, stay],
    };
  return {
    message: messageOf(now),
    detail: paragraphs(
      without,
      'Paused, it gives its memory back and can be resumed next time. Finished early, its best model so far is saved.',
      waitingWords(now.waiting),
    ),
    answers: [goOn, { label: 'Pause and Quit', means: 'pause' }, { label: 'Finish Early and Quit', means: 'stop' }, stay],
  };
}

/** Of Quit, which says that the app is to end. */
export function quitQuestion(now: Situation): ClosingQuestion | undefined {
  if (now.kind !== 'training' && now.kind !== 'next') return undefined;
  const isTraining = now.kind === 'training';
  return {
    message: messageOf(now),
    detail: isTraining
      ? paragraphs(
          'Overbatch can finish the step, save a checkpoint and quit. You can resume the run next time.',
          now.waiting > 0 ? keptWords({ waiting: now.waiting - 1 }) : '',
        )
      : keptWords(now),
    answers: [
      { label: 'Keep Training', means: 'stay' },
      { label: isTraining ? 'Save and Quit' : 'Quit', means: 'pause' },
    ],
  };
}

function messageOf(now: Extract<Situation, { kind: 'training' | 'next' }>): string {
  if (now.kind === 'next') return `The next run, “${now.name}”, is about to begin.`;
  if (now.share === undefined) return `“${now.name}” is being started.`;
  return `“${now.name}” is still training, ${Math.floor(100 * now.share)} % done.`;
}

function waitingWords(waiting: number): string {
  if (waiting === 0) return '';
  return waiting === 1
    ? '1 run waits after it. Without the window it follows by itself; if you quit, it is kept and goes on when you start it.'
    : `${waiting} runs wait after it. Without the window they follow by themselves; if you quit, they are kept and go on when you start them.`;
}

/** Of the run that is about to begin and those behind it. */
const keptWords = ({ waiting }: { waiting: number }): string =>
  waiting === 0
    ? 'If you quit, the waiting run is kept; it goes on when you start it.'
    : `If you quit, the ${waiting + 1} waiting runs are kept; they go on when you start them.`;

const paragraphs = (...texts: string[]): string => texts.filter((text) => text !== '').join('\n\n');
