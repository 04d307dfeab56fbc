// Metrics on WebAssembly.
import { metricSuite } from '#test/support/metrics';
import { sharedWasm } from '#test/support/wasm';

metricSuite(sharedWasm);
