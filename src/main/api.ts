// Answers the contract: every question of `Api`, and only from the page of our own window.
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { ipcMain } from 'electron';
import { questionChannel } from '#shared/channels';
import type { Handlers } from './answer';
import { answer, QUESTIONS } from './answer';
import type { Log } from './log';
import { isOurPage } from './origin';

export interface Border {
  /** The contents of our window, if it is open. */
  ours(): WebContents | undefined;
  developmentUrl?: string;
  log: Log;
}

export function registerApi(handlers: Handlers, border: Border): void {
  for (const question of QUESTIONS) {
    ipcMain.handle(questionChannel(question), (event, ...given: unknown[]) => {
      if (!isTrusted(event, border)) {
        border.log.write('security', `Refused ${question} from a sender that is not our page.`);
        throw new Error('This page may not ask Overbatch anything.');
      }
      return answer(handlers, border.log, question, given);
    });
  }
}

/** Our window, its top frame, our page: a frame inside it or a page it was led to may ask nothing. */
function isTrusted(event: IpcMainInvokeEvent, { ours, developmentUrl }: Border): boolean {
  const frame = event.senderFrame;
  return frame !== null && event.sender === ours() && frame === event.sender.mainFrame && isOurPage(frame.url, developmentUrl);
}
