// Losses on TF.js's plain JavaScript backend.
import { lossSuite } from '#test/support/losses';
import { directRuntime } from '#test/support/direct-runtime';

lossSuite(directRuntime);
