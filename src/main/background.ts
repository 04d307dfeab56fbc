// Runs go on without the window: an icon in the tray shows how far the one is that trains, and brings the window back. Where a desktop has no
// tray, starting Overbatch again does. When all are done, the app ends.
import { app, Menu, nativeImage, Tray } from 'electron';
import type { RunEvent } from '#shared/run-event';
import type { Log } from './log';
import type { RunQueue } from './run-queue';
import type { Training } from './training';
import { TRAY_SIDE, trayPixels } from './tray-picture';

export interface BackgroundServices {
  training: Training;
  queue: RunQueue;
  log: Log;
  show(): void;
}

export class Background {
  #tray?: Tray;
  #totalSteps = 0;
  #percent = 0;
  #isPaused = false;
  #isActive = false;

  constructor(private readonly services: BackgroundServices) {
    services.training.onEvent((event) => this.#hear(event));
  }

  /** The window is gone, or about to go, and the app stays. */
  get isActive(): boolean {
    return this.#isActive;
  }

  begin(): void {
    this.#isActive = true;
    try {
      this.#tray ??= new Tray(picture(this.#percent));
      this.#tray.on('click', () => this.services.show());
      this.#draw();
    } catch (error) {
      this.services.log.error('tray', error);
    }
  }

  /** The window is shown again. */
  end(): void {
    this.#isActive = false;
    this.#tray?.destroy();
    this.#tray = undefined;
  }

  #hear(event: RunEvent | 'ended'): void {
    if (event === 'ended') return this.#isPaused ? this.#draw() : this.#endWhenAllIsDone();
    if (event.kind === 'started') {
      this.#totalSteps = event.totalSteps;
      this.#isPaused = false;
    }
    if (event.kind === 'paused') this.#isPaused = true;
    const step = event.kind === 'progress' ? event.steps.at(-1)?.step : undefined;
    if (step === undefined || this.#totalSteps === 0) return;
    const percent = Math.floor((100 * step) / this.#totalSteps);
    if (percent === this.#percent) return;
    this.#percent = percent;
    this.#draw();
  }

  #endWhenAllIsDone(): void {
    if (!this.#isActive) return;
    if (this.services.queue.state.waiting.length === 0) app.quit();
    else this.#draw();
  }

  #draw(): void {
    if (!this.#tray) return;
    const { show, training } = this.services;
    const words = this.#isPaused ? `Paused at ${this.#percent} %` : `Training, ${this.#percent} % done`;
    this.#tray.setImage(picture(this.#percent));
    this.#tray.setToolTip(`Overbatch: ${words}`);
    // On Linux a changed menu is seen only when it is set anew.
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words, enabled: false },
        { type: 'separator' },
        { label: 'Show Overbatch', click: show },
        { label: 'Pause', enabled: !this.#isPaused, click: () => void training.finish('pause') },
        { label: 'Quit', click: () => app.quit() },
      ]),
    );
  }
}

const picture = (percent: number) =>
  nativeImage.createFromBitmap(Buffer.from(trayPixels(percent / 100)), { width: TRAY_SIDE, height: TRAY_SIDE });
