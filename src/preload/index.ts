// Hands the contract to the window as window.overbatch; nothing else.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { API_NAMES, type ApiName } from '#shared/api-names';
import { EVENT_CHANNEL, questionChannel } from '#shared/channels';
import type { WindowApi } from '#shared/contract';
import type { WindowEvent } from '#shared/window-event';

const ask = (question: ApiName, ...args: unknown[]): Promise<unknown> => ipcRenderer.invoke(questionChannel(question), ...args);

const questions = Object.fromEntries(
  (Object.keys(API_NAMES) as ApiName[]).map((question) => [question, (...args: unknown[]) => ask(question, ...args)]),
);

const api = {
  ...questions,
  acceptDrop: (file: unknown) => ask('acceptDrop', pathOf(file)),
  acceptPictures: (files: unknown) => ask('acceptPictures', Array.isArray(files) ? files.map(pathOf) : []),
  onEvent(listener: (event: WindowEvent) => void): () => void {
    const forward = (_event: unknown, events: WindowEvent[]) => events.forEach((event) => listener(event));
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => ipcRenderer.off(EVENT_CHANNEL, forward);
  },
} as WindowApi;

/** Only a File the system made has a path: a page cannot make one up. Electron before 32 keeps it on the file itself. */
function pathOf(file: unknown): string {
  if (!(file instanceof File)) return '';
  if (webUtils) return webUtils.getPathForFile(file);
  return 'path' in file && typeof file.path === 'string' ? file.path : '';
}

contextBridge.exposeInMainWorld('overbatch', api);
