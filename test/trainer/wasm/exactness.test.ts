import { exactnessSuite } from '#test/support/exactness';
import { loadEngine } from '#trainer/backend';

exactnessSuite(() => loadEngine('wasm'));
