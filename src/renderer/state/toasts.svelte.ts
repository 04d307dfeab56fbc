// Short messages below the page: they go after a while and with the page they were said on. One with an undo stays until it is closed:
// nobody has to be quick.
export interface Toast {
  key: number;
  message: string;
  undo?: () => void;
  /** A newer one about the same takes its place. */
  about?: string;
  /** By performance.now(). */
  saidAt: number;
}

const STAYS_MS = 8_000;
/** What opens a page and says so is about the page that opens. */
const JUST_SAID_MS = 500;
const MOST = 3;

export class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 0;

  say(message: string, undo?: () => void, about?: string): void {
    const toast = { key: this.#next++, message, undo, about, saidAt: performance.now() };
    const others = this.shown.filter((shown) => about === undefined || shown.about !== about);
    this.shown = [...others, toast].slice(-MOST);
    if (!undo) setTimeout(() => this.close(toast), STAYS_MS);
  }

  /** Another page is shown. */
  moved(): void {
    const now = performance.now();
    this.shown = this.shown.filter(({ undo, saidAt }) => undo !== undefined || now - saidAt < JUST_SAID_MS);
  }

  undo(toast: Toast): void {
    this.close(toast);
    toast.undo?.();
  }

  close(toast: Toast): void {
    this.shown = this.shown.filter(({ key }) => key !== toast.key);
  }
}
