# The loss of a network's own task, summed over the samples of a piece.
from torch.nn import functional as F


def loss_sum(network: str, outputs, targets):
    """Class indices [n] by cross-entropy; masks [n, 1, h, w] by binary cross-entropy plus Dice, each picture by itself."""
    if network != "u-net":
        return F.cross_entropy(outputs, targets, reduction="sum")
    entropy = F.binary_cross_entropy_with_logits(outputs, targets, reduction="none").flatten(1).mean(1)
    found, wanted = outputs.sigmoid().flatten(1), targets.flatten(1)
    dice = (2 * (found * wanted).sum(1) + 1) / (found.sum(1) + wanted.sum(1) + 1)
    return (entropy + 1 - dice).sum()
