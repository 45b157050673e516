#!/usr/bin/env python3
"""Dask.distributed from its start to a first result, two worker processes.  usage: dask_start.py
The number is what it takes after its modules are loaded, in seconds; the whole command is for the caller to time."""
import time

from dask.distributed import Client, LocalCluster


def square(x):
    return x * x


if __name__ == '__main__':
    start = time.perf_counter()
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        assert client.submit(square, 97).result() == 9409
        print(time.perf_counter() - start, flush=True)
