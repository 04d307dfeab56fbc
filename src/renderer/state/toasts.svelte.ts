// Short messages below the page, newest first: they go after a while and with the page they were said on. One with an undo or a way to
// somewhere stays until it is closed or not true any more: nobody has to be quick. What there is no room for waits behind "2 more", an undo last.
export interface Toast {
  key: number;
  message: string;
  undo?: () => void;
  /** What the undo is called; absent: so. */
  undoLabel?: string;
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
const MOST_SHOWN = 3;

export class Toasts {
  all = $state.raw<Toast[]>([]);
  /** Somebody asked to see those behind the newest. */
  isOpen = $state(false);
  #next = 0;

  get shown(): Toast[] {
    if (this.isOpen) return this.all;
    const isUndo = ({ undo }: Toast): boolean => undo !== undefined;
    const first = [...this.all.filter(isUndo), ...this.all.filter((toast) => !isUndo(toast))].slice(0, MOST_SHOWN);
    return this.all.filter((toast) => first.includes(toast));
  }

  /** So many are not shown. */
  get more(): number {
    return this.all.length - this.shown.length;
  }

  say(message: string, undo?: () => void, about?: string, undoLabel?: string): void {
    const toast = this.#show({ message, undo, undoLabel, about });
    if (!undo) setTimeout(() => this.close(toast), STAYS_MS);
  }

  sayWithLink(message: string, link: ToastLink, about?: string): void {
    this.#show({ message, link, about });
  }

  #show(said: Pick<Toast, 'message' | 'undo' | 'undoLabel' | 'link' | 'about'>): Toast {
    const toast = { ...said, key: this.#next++, saidAt: performance.now() };
    this.all = [toast, ...this.all.filter(({ about }) => about === undefined || about !== toast.about)];
    return toast;
  }

  /** Another page is shown. */
  moved(): void {
    const now = performance.now();
    this.#keep(({ undo, link, saidAt }) => undo !== undefined || link !== undefined || now - saidAt < JUST_SAID_MS);
  }

  /** What was said about it is not true any more. */
  forget(...subjects: string[]): void {
    this.#keep(({ about }) => about === undefined || !subjects.includes(about));
  }

  /** Those behind the newest are shown, or not any more. */
  turn(): void {
    this.isOpen = !this.isOpen;
  }

  undo(toast: Toast): void {
    this.close(toast);
    toast.undo?.();
  }

  close(toast: Toast): void {
    this.#keep(({ key }) => key !== toast.key);
  }

  closeAll(): void {
    this.#keep(() => false);
  }

  #keep(stays: (toast: Toast) => boolean): void {
    this.all = this.all.filter(stays);
    if (this.all.length <= MOST_SHOWN) this.isOpen = false;
  }
}
