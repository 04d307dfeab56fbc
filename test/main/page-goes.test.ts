// What a page was using ends however the page goes.
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { whenPageGoes } from '#main/page-goes';

test('its window is closed, its process dies, it is loaded anew', () => {
  const window = Object.assign(new EventEmitter(), { webContents: new EventEmitter() });
  let ends = 0;
  whenPageGoes(window, () => ends++);
  window.emit('closed');
  window.webContents.emit('render-process-gone');
  window.webContents.emit('did-navigate');
  expect(ends).toBe(3);
  // Another page of the app is no other page of the window.
  window.webContents.emit('did-navigate-in-page');
  expect(ends).toBe(3);
});
