// oneDNN without memory for a filter in its own order. Dilated convolutions are left to it.
import { exhaustedConvolution } from '#test/support/exhausted-convolution';

exhaustedConvolution('oneDNN', 2, /Operation received an exception: ?Status: 1, message: /);
