// Short messages below the page, of which the newest is shown and the others wait behind it: they go after a while and with the page they were
// said on. One with a way to somewhere stays until that is shown, one with an undo until it is closed, both until they are not true any more:
// nobody has to be quick.
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

export class Toasts {
  all = $state.raw<Toast[]>([]);
  /** Somebody asked to see those behind the newest. */
  isOpen = $state(false);
  #next = 0;

  get shown(): Toast[] {
    return this.isOpen ? this.all : this.all.slice(0, 1);
  }

  /** So many are not shown. */
  get more(): number {
    return this.all.length - this.shown.length;
  }

  /** What was said about it still stands there. */
  has(subject: string): boolean {
    return this.all.some(({ about }) => about === subject);
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

  /** Another page is shown, of this address: what led there has led there. */
  moved(address: string): void {
    const now = performance.now();
    this.#keep(({ undo, link, saidAt }) => {
      const stays = undo !== undefined || (link !== undefined && link.address !== address);
      return stays || now - saidAt < JUST_SAID_MS;
    });
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
    if (this.all.length <= 1) this.isOpen = false;
  }
}
