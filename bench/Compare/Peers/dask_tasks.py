#!/usr/bin/env python3
"""Tiny tasks on Dask.distributed, two worker processes.
usage: dask_tasks.py submit|latency TASKS    tasks a second, or the median of submit -> result in ms"""
import itertools
import statistics
import sys
import time

from dask.distributed import Client, LocalCluster, as_completed
from measuring import serve

# Dask knows a call by function and argument, and computes it once: no argument comes twice.
fresh = itertools.count()


def square(x):
    return x * x


def submit(client, tasks):
    numbers = [next(fresh) for _ in range(tasks)]
    start = time.perf_counter()
    total = sum(future.result() for future in as_completed(client.map(square, numbers)))
    elapsed = time.perf_counter() - start
    if total != sum(i * i for i in numbers):
        sys.exit(f'wrong sum {total}')
    return tasks / elapsed


def latency(client, tasks):
    taken = []
    for _ in range(tasks):
        start = time.perf_counter()
        client.submit(square, next(fresh)).result()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e3


if __name__ == '__main__':
    what, tasks = sys.argv[1], int(sys.argv[2])
    measure = {'submit': submit, 'latency': latency}[what]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        serve(lambda: measure(client, tasks))
