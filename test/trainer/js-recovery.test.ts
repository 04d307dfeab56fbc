// Row 8 inside forward, backward and update on plain JavaScript.
import { insideSuite } from '#test/support/inside-suite';
import { loadJs } from '#trainer/js';

let loaded: ReturnType<typeof loadJs> | undefined;
insideSuite(() => (loaded ??= loadJs()), [1]);
