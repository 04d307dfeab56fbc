# Peak memory of this process above what it held when made: Linux' own counter, the same meter as bench/process-memory.ts.
def status(field: str) -> int | None:
    try:
        with open("/proc/self/status") as lines:
            return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))
    except OSError:
        return None


class PeakMemory:
    def __init__(self):
        self.baseline = status("VmRSS")

    def reset(self) -> None:
        """The peak becomes what is held now."""
        try:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            pass

    def held(self) -> int | None:
        return self.above_baseline("VmRSS")

    def peak(self) -> int | None:
        return self.above_baseline("VmHWM")

    def above_baseline(self, field: str) -> int | None:
        size = status(field)
        return None if size is None or self.baseline is None else size - self.baseline
