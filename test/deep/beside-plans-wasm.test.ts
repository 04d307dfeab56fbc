// What is forecast, beside what is planned, on WebAssembly.
import { describeBesidePlans } from '#test/support/planning/beside-plans';

describeBesidePlans('wasm', true);
