// Short messages at the window's edge. One with an undo stays until it is closed: nobody has to be quick.
export interface Toast {
  key: number;
  message: string;
  undo?: () => void;
}

const STAYS_MS = 8_000;
const MOST = 3;

export class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 0;

  say(message: string, undo?: () => void): void {
    const toast = { key: this.#next++, message, undo };
    this.shown = [...this.shown, toast].slice(-MOST);
    if (!undo) setTimeout(() => this.close(toast), STAYS_MS);
  }

  undo(toast: Toast): void {
    this.close(toast);
    toast.undo?.();
  }

  close(toast: Toast): void {
    this.shown = this.shown.filter(({ key }) => key !== toast.key);
  }
}
