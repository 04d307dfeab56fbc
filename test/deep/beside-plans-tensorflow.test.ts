// What is forecast, beside what is planned, on TensorFlow.
import { describeBesidePlans } from '#test/support/planning/beside-plans';
import { engineIsInstalled } from '#test/support/tensorflow';

describeBesidePlans('tensorflow-cpu', engineIsInstalled());
