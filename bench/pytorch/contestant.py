# PyTorch's gradient accumulation, driven line by line over stdin and stdout: contestant.py eager|compile|mbp nchw|channels_last THREADS
# "mbp" is the authors' own package (mbp-pytorch) in place of the loop over the pieces.
import gc
import json
import os
import sys
import time

# Libraries may print; the driver's line is kept for answers.
answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)

import mbp  # noqa: E402
import torch  # noqa: E402
from importlib.metadata import version  # noqa: E402

from allocator import allocator_peak  # noqa: E402
from losses import loss_sum  # noqa: E402
from memory import PeakMemory  # noqa: E402
from networks import build  # noqa: E402
from samples import read_samples  # noqa: E402
from weights import read_weights, write_values  # noqa: E402

way, layout, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
MEMORY_FORMAT = torch.channels_last if layout == "channels_last" else torch.contiguous_format


class Contestant:
    def __init__(self, task: dict):
        self.network = build(task["network"], task["size"], task["channels"], task["classes"])
        read_weights(self.network, task["weightsFile"])
        self.network = self.network.to(memory_format=MEMORY_FORMAT).train()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=task["rate"], momentum=0.9, fused=True)
        x, y = read_samples(task["samplesFile"], task)
        self.task, self.samples = task, len(y)
        self.prepare(x, y)

    def prepare(self, x, y) -> None:
        micro = self.task["micro"]
        self.pieces = [(a.clone(memory_format=MEMORY_FORMAT), b.clone()) for a, b in zip(x.split(micro), y.split(micro))]

        # Every sample weighs the same: the sum over a piece, divided by the mini-batch.
        def loss_of(x, y):
            return loss_sum(self.task["network"], self.network(x), y) / self.samples

        self.loss_of = torch.compile(loss_of) if way == "compile" else loss_of

    def accumulate(self, pieces) -> float:
        total = 0.0
        for x, y in pieces:
            loss = self.loss_of(x, y)
            loss.backward()
            total = total + loss.detach()
        return float(total)

    def step(self) -> float:
        """One mini-batch: its pieces, one update."""
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.accumulate(self.pieces)
        self.optimizer.step()
        return loss

    def piece_memory(self, count: int) -> dict:
        """Memory of the first `count` micro-batches above weights, optimizer and samples."""

        def clean():
            self.optimizer.zero_grad(set_to_none=True)
            gc.collect()

        clean()
        memory.reset()
        held = memory.held()
        self.work(count)
        peak = None if held is None else memory.peak() - held
        clean()
        return {"peakBytes": peak, "countedBytes": allocator_peak(lambda: self.work(count))}

    def work(self, count: int) -> None:
        self.accumulate(self.pieces[:count])


class MbpContestant(Contestant):
    """The mini-batch as its authors' package works it: a function that gives a piece's mean loss, called with the whole mini-batch."""

    def prepare(self, x, y) -> None:
        self.x, self.y = x.contiguous(memory_format=MEMORY_FORMAT), y

        @mbp.apply(["x", "y"], self.task["micro"], "cpu")
        def loss_of(x, y):
            return loss_sum(self.task["network"], self.network(x), y) / len(y)

        self.loss_of = loss_of

    def step(self) -> float:
        self.optimizer.zero_grad()
        loss = self.loss_of(x=self.x, y=self.y)
        self.optimizer.step()
        return float(loss)

    def work(self, count: int) -> None:
        # At least two: of one, the package makes no step of its own.
        samples = max(count, 2) * self.task["micro"]
        self.loss_of(x=self.x[:samples], y=self.y[:samples])


def load_library() -> None:
    """What belongs to the library and not to the network: its threads, and the compiler's own modules."""
    torch.set_num_threads(threads)
    function = torch.compile(lambda t: t * 2) if way == "compile" else lambda t: t * 2
    function(torch.ones(8, requires_grad=True)).sum().backward()


def obey(request: dict) -> dict:
    global contestant
    match request["kind"]:
        case "prepare":
            contestant = (MbpContestant if way == "mbp" else Contestant)(request["task"])
            return {}
        case "steps":
            start, cpu_start = time.perf_counter(), time.process_time()
            for _ in range(request["count"]):
                loss = contestant.step()
            milliseconds, cpu_milliseconds = (time.perf_counter() - start) * 1000, (time.process_time() - cpu_start) * 1000
            return {"milliseconds": milliseconds, "cpuMilliseconds": cpu_milliseconds, "loss": loss}
        case "weights":
            write_values(request["file"], contestant.network, lambda place: place.tensor)
            return {}
        case "reset-peak":
            memory.reset()
            return {}
        case "memory":
            return {"peakBytes": memory.peak()}
        case "pieces":
            return contestant.piece_memory(request["count"])
    raise ValueError(f"unknown request {request['kind']}")


load_library()
memory = PeakMemory()
contestant: Contestant
package = f"mbp-pytorch {version('mbp-pytorch')} on " if way == "mbp" else ""
print(json.dumps({"version": f"{package}PyTorch {torch.__version__}"}), file=answers)
for line in sys.stdin:
    print(json.dumps(obey(json.loads(line))), file=answers)
