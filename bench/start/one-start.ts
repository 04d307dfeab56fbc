// One start, in milliseconds since the app was spawned: when its page began, drew, listed the data and answered a click.
import { OpenedApp, type Command } from './opened-app';

export interface Start {
  /** Main had got as far as the page. */
  page: number;
  /** The first thing that is drawn of it. */
  drawn: number;
  /** The data that lie there are listed and painted. */
  listed: number;
  /** A click on another place was answered by its page, painted. */
  answered: number;
}

const PLAN_LINK = 'nav a[href="#/plan"]';

/** When what an expression asks for stands in the page, and the frame in which it does is painted; since 1970. */
const paintedOnce = (expression: string): string => `new Promise((resolve) => {
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
  const look = () => (${expression}) ? painted() : setTimeout(look, 2);
  look();
})`;

const DRAWN = `performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime`;

export async function measureStart(command: Command, dataFolder: string): Promise<Start> {
  const app = await OpenedApp.open(command, dataFolder);
  try {
    const listed = await app.evaluate<number>(paintedOnce(`document.querySelector('main article h2')`));
    await app.click(PLAN_LINK);
    const answered = await app.evaluate<number>(paintedOnce(`document.querySelector('main h1')?.textContent === 'Plan'`));
    const [page, drawn] = await app.evaluate<[number, number]>(`[performance.timeOrigin, ${DRAWN}]`);
    const since = (moment: number): number => moment - app.spawnedAt;
    return { page: since(page), drawn: since(drawn), listed: since(listed), answered: since(answered) };
  } finally {
    await app.close();
  }
}

/** Imports the digits by the window's own question, once. */
export async function importSample(command: Command, dataFolder: string): Promise<void> {
  const app = await OpenedApp.open(command, dataFolder);
  try {
    await app.evaluate(`new Promise((resolve) => { const look = () => window.overbatch ? resolve() : setTimeout(look, 10); look(); })`);
    const answer = await app.evaluate<{ ok: boolean }>(`window.overbatch.importSample('digits').then((answer) => ({ ok: answer.ok }))`);
    if (!answer.ok) throw new Error('The digits could not be imported.');
  } finally {
    await app.close();
  }
}
