// Runs go on without the window: the tray shows what goes on and brings the window back; where a desktop has no tray, starting Overbatch
// again does. Where nothing trains any more and nobody would be told, the app ends.
import type { Answer } from '#shared/contract';
import type { Situation, Watch } from './situation';
import { trayLook, type TrayAction, type TrayLook } from './tray-menu';

export interface TrayIcon {
  draw(look: TrayLook): void;
  remove(): void;
}

export interface BackgroundServices {
  watch: Watch;
  /** Undefined where the system refuses one. */
  openTray(act: (action: TrayAction) => void): TrayIcon | undefined;
  show(): void;
  pause(runId: string): Promise<unknown>;
  resume(runId: string): Promise<Answer<string>>;
  /** A notification, of what was pressed and could not be done. */
  tell(sentence: string): void;
  quit(): void;
}

export class Background {
  #tray?: TrayIcon;
  #drawn = '';
  #isActive = false;
  /** Somebody can see the tray. */
  #isSeen = false;

  constructor(private readonly services: BackgroundServices) {
    services.watch.onChange(() => this.#isActive && this.#follow());
  }

  /** The window is gone, or about to go, and the app stays. */
  get isActive(): boolean {
    return this.#isActive;
  }

  /** @param hasTray the desktop is known to show one */
  begin(hasTray: boolean): void {
    this.#isActive = true;
    this.#isSeen = hasTray;
    this.#tray ??= this.services.openTray((action) => {
      this.#isSeen = true;
      void this.act(action);
    });
    this.#follow();
  }

  /** The window is shown again. */
  end(): void {
    this.#isActive = false;
    this.#tray?.remove();
    this.#tray = undefined;
    this.#drawn = '';
  }

  /** What the tray or the dock offers. */
  async act(action: TrayAction): Promise<void> {
    const { pause, quit, resume, show, tell } = this.services;
    if (action === 'show') return show();
    if (action === 'quit') return quit();
    if ('pause' in action) return void (await pause(action.pause));
    const resumed = await resume(action.resume);
    if (!resumed.ok) tell(resumed.sentence);
  }

  #follow(): void {
    const { quit, watch } = this.services;
    const { now } = watch;
    const look = trayLook(now);
    const drawn = JSON.stringify(look);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#tray?.draw(look);
    if (!this.#stays(now)) quit();
  }

  /** What only a person can set going again needs a place where they see it. */
  #stays({ kind }: Situation): boolean {
    return kind === 'training' || kind === 'next' || (kind !== 'idle' && this.#isSeen && this.#tray !== undefined);
  }
}
