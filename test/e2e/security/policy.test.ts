// The Content-Security-Policy in force: what is not a file of ours does not run, and every attempt is reported.
import { expect, test } from 'vitest';
import { launchApp } from '../launch';

test('no script, style, frame, form or worker but our own files', async () => {
  const { page } = await launchApp();
  const { found, title, visible } = await page.evaluate(async () => {
    const mark = 'document.title = "ran"';
    const add = (name: string, properties: object) => document.body.appendChild(Object.assign(document.createElement(name), properties));
    const attempts: Record<string, () => unknown> = {
      'an inline script': () => add('script', { textContent: mark }),
      'an inline handler': () => {
        add('div', { innerHTML: `<p onclick='${mark}'></p>` });
        document.querySelector<HTMLElement>('p[onclick]')?.click();
      },
      eval: () => (0, eval)(mark),
      Function: () => (new Function(mark) as () => void)(),
      'a timer of text': () => setTimeout(mark),
      'a data: script': () => add('script', { src: `data:text/javascript,${mark}` }),
      'a blob script': () => add('script', { src: URL.createObjectURL(new Blob([mark], { type: 'text/javascript' })) }),
      'a javascript: link': () => add('a', { href: `javascript:${mark}` }).click(),
      'a blob worker': () => new Worker(URL.createObjectURL(new Blob([mark]))),
      'an inline style': () => add('style', { textContent: 'body { display: none }' }),
      'a frame': () => add('iframe', { src: '/index.html' }),
      'an object': () => add('object', { data: '/index.html', type: 'text/html' }),
      'a base address': () => add('base', { href: 'https://example.com/' }),
      'a form': () => (add('form', { action: '/index.html' }) as HTMLFormElement).submit(),
    };
    const found: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      found[name] = await new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true });
        setTimeout(() => resolve('nothing'), 2_000);
        // Later, and by the page itself: what the debugger calls is exempt from the policy.
        setTimeout(attempt);
      });
    }
    return { found, title: document.title, visible: getComputedStyle(document.body).display !== 'none' };
  });
  expect(found).toEqual({
    'an inline script': 'script-src-elem',
    'an inline handler': 'script-src-attr',
    eval: 'script-src',
    Function: 'script-src',
    'a timer of text': 'script-src',
    'a data: script': 'script-src-elem',
    'a blob script': 'script-src-elem',
    'a javascript: link': 'script-src-elem',
    'a blob worker': 'worker-src',
    'an inline style': 'style-src-elem',
    'a frame': 'frame-src',
    'an object': 'object-src',
    'a base address': 'base-uri',
    'a form': 'form-action',
  });
  expect([title, visible]).toEqual(['Data – Overbatch', true]);
});
