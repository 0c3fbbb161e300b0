"""What a monitor asks: the queue, pictures by verdict, seconds of each step, memory."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector, generate_latest

from ecomgen.record import RunRecord
from ecomgen.web.jobs.scheduler import lane

REGISTRY = CollectorRegistry()
PICTURES = Counter("ecomgen_pictures", "Pictures made, by verdict.", ["verdict"], registry=REGISTRY)
RUNS = Counter("ecomgen_runs", "Runs that ended, by status.", ["status"], registry=REGISTRY)
SECONDS = Counter("ecomgen_step_seconds", "Seconds spent in each step of runs.", ["step"], registry=REGISTRY)
WAITING = Gauge("ecomgen_queue_waiting", "Jobs that wait for their turn.", registry=REGISTRY)
RUNNING = Gauge("ecomgen_queue_running", "Jobs in work.", registry=REGISTRY)
ProcessCollector(registry=REGISTRY)  # memory, processor, open files
WAITING.set_function(lambda: lane.counted()[0])
RUNNING.set_function(lambda: lane.counted()[1])


def count(run: RunRecord) -> None:
    """A run has ended."""
    RUNS.labels(run.status).inc()
    for candidate in run.candidates:
        PICTURES.labels(candidate.status).inc()
    for step, seconds in run.timings.items():
        SECONDS.labels(step).inc(seconds)


def text() -> bytes:
    """All figures, as Prometheus reads them."""
    return generate_latest(REGISTRY)
