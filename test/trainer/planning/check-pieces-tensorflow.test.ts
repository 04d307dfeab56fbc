// Check it, on TensorFlow.
import { describeChecks } from '#test/support/planning/check-suite';
import { engineIsInstalled } from '#test/support/tensorflow';

describeChecks('tensorflow-cpu', engineIsInstalled());
