"""Trains the run's network in as many processes as torchrun starts: torchrun --nproc-per-node N train.py

Each process works on its share of every mini-batch's micro-batches. Gradients of loss sums are accumulated, added up over the processes and
divided once by the whole mini-batch's weight, so that the number of processes changes nothing but the time.
"""

import argparse
import json
import math
import os
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from batch_norm import BatchNorm2d, PooledStatistics
from course import equal_pieces, mini_batches
from losses import LossSum, ignored_class, make_loss
from model import Network
from samples import Samples, read_state, write_state
from settings import Settings, read_settings
from update import Average, Update, learning_rate
from whole import NotWhole

HERE = Path(__file__).parent


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains the network of this folder.")
    parser.add_argument("--epochs", type=int, help="epochs to train (default: the run's)")
    parser.add_argument("--steps", type=int, help="stop after so many updates")
    parser.add_argument("--micro", type=int, help="samples a process works on at once (default: the run's)")
    parser.add_argument("--out", type=Path, default=HERE / "result", help="folder for losses and weights")
    return parser.parse_args()


def start_processes() -> torch.device:
    """Joins the processes that torchrun started; without torchrun there is this one."""
    for name, alone in {"RANK": "0", "WORLD_SIZE": "1", "LOCAL_RANK": "0", "MASTER_ADDR": "localhost", "MASTER_PORT": "29500"}.items():
        os.environ.setdefault(name, alone)
    if not torch.cuda.is_available():
        dist.init_process_group("gloo")
        return torch.device("cpu")
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
    torch.cuda.set_device(device)
    # Float32 is float32, as in the run; newer cards would round it to TF32.
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False
    dist.init_process_group("nccl")
    return device


def make_network(settings: Settings, device: torch.device) -> Network:
    """With the weights that the run began with."""
    network = Network()
    network.load_state_dict(read_state(HERE / "initial.npz"))
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(name not in settings.frozen)
    return network.to(device)


def set_training(network: nn.Module, frozen_statistics: bool) -> None:
    network.train()
    if frozen_statistics:
        for layer in network.modules():
            if isinstance(layer, BatchNorm2d):
                layer.eval()


def train_mini_batch(
    network: DistributedDataParallel,
    loss_sum: LossSum,
    samples: Samples,
    batch: np.ndarray,
    step: int,
    settings: Settings,
    statistics: PooledStatistics,
) -> Tensor:
    """Leaves the gradient of mini-batch number `step`, from 1, in the parameters; answers its loss sum and weight."""
    rank, processes = dist.get_rank(), dist.get_world_size()
    pieces = equal_pieces(batch, settings.micro)
    starts = np.cumsum([0, *map(len, pieces)])
    own = range(rank, len(pieces), processes)
    totals = torch.zeros(2, dtype=torch.float64, device=samples.device)
    for number in own:
        # What dropout leaves out depends on nothing that ran before, nor on the number of processes.
        torch.manual_seed((settings.seed * 1_000_003 + step) * 1_000_003 + number)
        # Processes exchange gradients once a mini-batch, with their last micro-batch.
        with nullcontext() if number == own[-1] else network.no_sync():
            inputs, targets = samples.read(pieces[number], step - 1, starts[number])
            loss, weight = loss_sum(network(inputs), targets)
            loss.backward()
        totals += torch.stack((loss.detach(), weight)).double()
        statistics.add()
    if not own:
        # More processes than micro-batches: this one only takes part in the exchange.
        (network(samples.blank()) * 0).sum().backward()
    dist.all_reduce(totals)
    weight = float(totals[1])
    for parameter in network.parameters():
        if parameter.grad is not None and weight > 0:
            # The exchange gives the mean over the processes.
            parameter.grad.mul_(processes / weight)
    return totals


@torch.no_grad()
def validate(state: dict[str, Tensor], loss_sum: LossSum, samples: Samples, settings: Settings) -> tuple[float, str]:
    """Loss and a few words of it, each process on its part of the samples; NaN where none are held out."""
    network = Network().to(samples.device).eval()
    network.load_state_dict(state)
    totals = torch.zeros(4, dtype=torch.float64, device=samples.device)
    own = np.arange(dist.get_rank(), len(samples), dist.get_world_size())
    for piece in equal_pieces(own, settings.micro) if len(own) else []:
        inputs, targets = samples.read(piece)
        outputs = network(inputs)
        loss, weight = loss_sum(outputs, targets)
        totals[:2] += torch.stack((loss, weight)).double()
        if settings.task != "value":
            known = targets != ignored_class(settings)
            totals[2:] += torch.stack((((outputs.argmax(1) == targets) & known).sum(), known.sum())).double()
    dist.all_reduce(totals)
    loss, weight, right, known = totals.tolist()
    if not weight:
        return math.nan, "nothing is held out"
    return loss / weight, f"validation loss {loss / weight:.4f}" + (f", {100 * right / known:.2f} % right" if known else "")


def main() -> None:
    given = arguments()
    settings = read_settings(HERE / "settings.json")
    settings = replace(settings, micro=given.micro or settings.micro, epochs=given.epochs or settings.epochs)
    device = start_processes()
    is_first = dist.get_rank() == 0
    samples, held_out = (Samples(HERE / "data", part, settings, device) for part in ("train", "validation"))
    batch = min(settings.batch, len(samples))
    steps_per_epoch = -(-len(samples) // batch)

    network = make_network(settings, device)
    set_training(network, settings.frozen_statistics)
    statistics, update, average = PooledStatistics(network), Update(settings, network), Average(network, settings.ema)
    loss_sum = make_loss(settings, device)
    spread = DistributedDataParallel(network, device_ids=[device.index] if device.type == "cuda" else None)

    given.out.mkdir(parents=True, exist_ok=True)
    step, last, best = 0, given.steps or settings.epochs * steps_per_epoch, math.inf
    with open(given.out / "losses.jsonl" if is_first else os.devnull, "w") as log:
        for epoch in range(settings.epochs):
            epoch_totals = torch.zeros(2, dtype=torch.float64, device=device)
            for places in mini_batches(len(samples), batch, settings.seed, epoch):
                step += 1
                update.clear()
                totals = train_mini_batch(spread, loss_sum, samples, places, step, settings, statistics)
                epoch_totals += totals
                loss, weight = totals.tolist()
                rate = learning_rate(settings, step, steps_per_epoch)
                # A mini-batch of which nothing counts changes nothing.
                if weight > 0:
                    update.apply(rate)
                    statistics.move()
                    average.move()
                statistics.clear()
                print(json.dumps({"step": step, "loss": loss / weight if weight else None, "learningRate": rate}), file=log, flush=True)
                if step == last:
                    break
            loss, told = validate(average.state(), loss_sum, held_out, settings)
            if math.isnan(loss):
                loss = float(epoch_totals[0] / epoch_totals[1])
            if is_first:
                print(f"epoch {epoch + 1}, step {step}: {told}", flush=True)
                if loss < best or not settings.keeps_best:
                    write_state(given.out / "weights.npz", average.state())
            best = min(best, loss)
            if step == last:
                break
    dist.barrier()
    dist.destroy_process_group()


if __name__ == "__main__":
    try:
        main()
    except NotWhole as problem:
        # A sentence says it all: no traceback.
        raise SystemExit(str(problem)) from problem
