// Puts a text on the clipboard while a press is being answered: the window has no permission for more, and needs none for this.
import { plainly } from '#shared/language';

export function copyText(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', plainly(text));
    event.preventDefault();
  };
  document.addEventListener('copy', put, { once: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', put);
  }
}
