# The loss of a network's own task, summed over the samples of a piece.
from torch.nn import functional as F


def loss_sum(network: str, outputs, targets):
    return F.cross_entropy(outputs, targets, reduction="sum")
