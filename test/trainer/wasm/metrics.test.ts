// Metrics on WebAssembly.
import { metricSuite } from '#test/support/metrics';
import { loadWasm } from '#trainer/wasm/load';

metricSuite(loadWasm);
