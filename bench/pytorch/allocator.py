# What PyTorch's own allocator hands out, by its profiler.
import torch


def allocator_peak(work) -> int:
    """Most bytes that PyTorch's own allocator had handed out at once during `work()`, above what it had before; oneDNN's workspaces are not among them."""
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU], profile_memory=True) as profile:
        work()
    events = [event for event in profile.profiler.kineto_results.events() if event.name() == "[memory]"]
    held = highest = 0
    for event in sorted(events, key=lambda event: event.start_ns()):
        held += event.nbytes()
        highest = max(highest, held)
    return highest
