// The reference: plain JavaScript, which needs nothing installed.
import { exactnessSuite } from '#test/support/exactness';
import { directRuntime } from '#test/support/direct-runtime';

exactnessSuite(directRuntime);
