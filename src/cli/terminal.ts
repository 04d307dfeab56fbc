// Text for a terminal: a bar, a clock, lists that stay short, a status line that overwrites itself (and stays away where there is no terminal).

const WIDTH = 24;

export function bar(share: number): string {
  const full = Math.round(WIDTH * Math.min(1, Math.max(0, share)));
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** "0:07", "12:30", "1:02:05". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A name or a cell may hold what a terminal would obey. */
// eslint-disable-next-line no-control-regex
export const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�');

const MOST_LINES = 20;

export function shortened(lines: string[]): string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `  … and ${(lines.length - MOST_LINES).toLocaleString('en')} more (--json lists all)`];
}

export class StatusLine {
  private shown = false;

  show(text: string): void {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r${text.slice(0, (process.stderr.columns ?? 80) - 1)}\u001b[K`);
    this.shown = true;
  }

  clear(): void {
    if (this.shown) process.stderr.write('\r\u001b[K');
    this.shown = false;
  }
}
