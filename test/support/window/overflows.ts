// What is wider than its place, cut, or over something else. Both run in the page: nothing outside of them is known there.

/** A sentence each; none of what scrolls by itself or is shortened on purpose and told whole beside it. */
export function overflows(): string[] {
  const named = (element: Element): string =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40) || element.className.toString();
  const main = document.querySelector('main:not(.behind)')!;
  const dialog = document.querySelector('dialog[open]');
  const all = dialog
    ? [...dialog.querySelectorAll<HTMLElement>('*')]
    : [...document.querySelectorAll<HTMLElement>('.sidebar *, .toast *'), ...main.querySelectorAll<HTMLElement>('*')];
  const seen = all.filter((element) => element.checkVisibility() && !element.closest('.unseen') && element.clientWidth > 1);
  const wide = !dialog && main.scrollWidth > main.clientWidth ? ['main scrolls sideways'] : [];
  const isShortened = (element: Element): boolean => {
    const { textOverflow, webkitLineClamp } = getComputedStyle(element);
    return (textOverflow === 'ellipsis' || webkitLineClamp !== 'none') && element.closest('[title], [role="option"], select') !== null;
  };
  const cut = seen
    .filter((element) =>
      element.matches('button, .button, h1, h2, h3, .badge, .input, .select, td, th, a, label, legend, summary, p, dt, dd'),
    )
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
    .filter((element) => !['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && !isShortened(element))
    .map((element) => `cut: ${named(element)}`);
  const outside = seen
    .filter((element) => element.matches('.button, .input, .select') && !element.closest('.scroll'))
    .filter(
      (element) =>
        element.getBoundingClientRect().right >
        (element.closest('dialog, .panel, main, body')?.getBoundingClientRect().right ?? innerWidth) + 0.5,
    )
    .map((element) => `outside: ${named(element)}`);
  const pressed = seen.filter(
    (element) => element.matches('a, button, input, select') && !element.closest('.scroll, [role="listbox"], footer, .toast'),
  );
  const over = pressed.flatMap((one, i) =>
    pressed.slice(i + 1).flatMap((other) => {
      if (one.contains(other) || other.contains(one)) return [];
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      return width > 2 && height > 2 && a.width > 2 && b.width > 2 ? [`over one another: ${named(one)} / ${named(other)}`] : [];
    }),
  );
  const squeezed = all
    .filter(
      (element) =>
        element.matches('td, th, h1, a, button') && element.checkVisibility() && !element.closest('.unseen, [aria-hidden="true"]'),
    )
    .filter((element) => {
      const { display, paddingLeft, paddingRight } = getComputedStyle(element);
      const room = element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      return (
        display !== 'inline' &&
        room < 8 &&
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue!.trim() !== '')
      );
    })
    .map((element) => `no room: ${named(element)}`);
  return [...wide, ...cut, ...outside, ...over, ...squeezed];
}

/** As another language may be: each word of some length is longer by two fifths. */
export function lengthen(): void {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const long = (text: string): string => text.replace(/\p{L}{4,}/gu, (word) => word + 'n'.repeat(Math.round(0.4 * word.length)));
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    if (node.parentElement?.closest('script, style, code')) continue;
    const text = node as Text & { wasLengthened?: string };
    if (text.wasLengthened === text.data) continue;
    text.data = long(text.data);
    text.wasLengthened = text.data;
  }
}
