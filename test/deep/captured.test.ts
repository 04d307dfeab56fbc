// The larger architectures of a kind compute in captured functions alone, too.
import { capturedSuite } from '#test/support/captured-suite';
import { LARGER } from '#test/support/small-networks';

capturedSuite(LARGER);
