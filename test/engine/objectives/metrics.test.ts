// Metrics on TF.js's plain JavaScript backend.
import { directRuntime } from '#test/support/direct-runtime';
import { metricSuite } from '#test/support/metrics';

metricSuite(directRuntime);
