// Short messages below the page: they go after a while and with the page they were said on. One with an undo or a way to somewhere stays
// until it is closed: nobody has to be quick.
export interface Toast {
  key: number;
  message: string;
  undo?: () => void;
  link?: ToastLink;
  /** A newer one about the same takes its place. */
  about?: string;
  /** By performance.now(). */
  saidAt: number;
}

export interface ToastLink {
  label: string;
  address: string;
}

const STAYS_MS = 8_000;
/** What opens a page and says so is about the page that opens. */
const JUST_SAID_MS = 500;
const MOST = 3;

export class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 0;

  say(message: string, undo?: () => void, about?: string): void {
    const toast = this.#show({ message, undo, about });
    if (!undo) setTimeout(() => this.close(toast), STAYS_MS);
  }

  sayWithLink(message: string, link: ToastLink, about?: string): void {
    this.#show({ message, link, about });
  }

  #show(said: Pick<Toast, 'message' | 'undo' | 'link' | 'about'>): Toast {
    const toast = { ...said, key: this.#next++, saidAt: performance.now() };
    const others = this.shown.filter(({ about }) => about === undefined || about !== toast.about);
    this.shown = [...others, toast].slice(-MOST);
    return toast;
  }

  /** Another page is shown. */
  moved(): void {
    const now = performance.now();
    this.shown = this.shown.filter(({ undo, link, saidAt }) => undo !== undefined || link !== undefined || now - saidAt < JUST_SAID_MS);
  }

  undo(toast: Toast): void {
    this.close(toast);
    toast.undo?.();
  }

  close(toast: Toast): void {
    this.shown = this.shown.filter(({ key }) => key !== toast.key);
  }
}
