// The questions at the start and before closing and quitting, as the system's own dialog.
import type { BrowserWindow, MessageBoxOptions, OpenDialogOptions } from 'electron';
import { app, dialog } from 'electron';
import { quitQuestion, type ClosingAnswer, type ClosingQuestion } from './closing-words';
import type { Watch } from './situation';

/** `once`: the box was ticked. @param onceLabel absent: there is no box to tick */
export async function askNatively(
  { message, detail, answers }: ClosingQuestion,
  window?: BrowserWindow,
  onceLabel?: string,
): Promise<{ answer: ClosingAnswer; once: boolean }> {
  const options: MessageBoxOptions = {
    type: 'question',
    message,
    detail,
    buttons: answers.map(({ label }) => label),
    defaultId: 0,
    cancelId: answers.findIndex(({ means }) => means === 'stay'),
    noLink: true,
    checkboxLabel: onceLabel,
  };
  const { response, checkboxChecked } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return { answer: answers[response]?.means ?? 'stay', once: checkboxChecked };
}

/** Before there is a window; the last answer is to quit, which Escape and an end by the system give too. */
export async function askAtStart(message: string, buttons: string[]): Promise<number> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Overbatch',
    message,
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
  });
  return response;
}

/** Whether what trains is to be paused; also where it has ended before this was asked. */
export async function askToQuit({ now }: Watch, window?: BrowserWindow): Promise<boolean> {
  const question = quitQuestion(now);
  return question === undefined || (await askNatively(question, window)).answer === 'pause';
}

/** Before there is a window: the folder that holds the data. */
export async function chooseAtStart(): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(
    beginningAtHome({ title: 'Choose the folder that holds your data', properties: ['openDirectory'] }),
  );
  return canceled ? undefined : filePaths[0];
}

/** GTK's own beginning, what was used lately, takes no folder that is typed. Other systems begin where the person was last. */
export const beginningAtHome = (options: OpenDialogOptions): OpenDialogOptions =>
  process.platform === 'linux' && options.properties?.includes('openDirectory')
    ? { ...options, defaultPath: app.getPath('home') }
    : options;
