#!/usr/bin/env python3
"""Tiny tasks on Python's own executors, two processes.
usage: executors.py submit|map|latency TASKS    tasks a second, the same, or the median of submit -> result in ms"""
import concurrent.futures
import multiprocessing
import statistics
import sys
import time

from measuring import serve


def square(x):
    return x * x


def expect(total, tasks):
    if total != (tasks - 1) * tasks * (2 * tasks - 1) // 6:
        sys.exit(f'wrong sum {total}')


def submit(pool, tasks):
    start = time.perf_counter()
    futures = [pool.submit(square, i) for i in range(tasks)]
    total = sum(future.result() for future in concurrent.futures.as_completed(futures))
    elapsed = time.perf_counter() - start
    expect(total, tasks)
    return tasks / elapsed


def unordered(pool, tasks):
    start = time.perf_counter()
    total = sum(pool.imap_unordered(square, range(tasks), chunksize=1000))
    elapsed = time.perf_counter() - start
    expect(total, tasks)
    return tasks / elapsed


def latency(pool, tasks):
    taken = []
    for i in range(tasks):
        start = time.perf_counter()
        pool.submit(square, i).result()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e3


if __name__ == '__main__':
    what, tasks = sys.argv[1], int(sys.argv[2])
    if what == 'map':
        with multiprocessing.Pool(2) as pool:
            serve(lambda: unordered(pool, tasks))
    else:
        with concurrent.futures.ProcessPoolExecutor(2) as pool:
            measure = {'submit': submit, 'latency': latency}[what]
            serve(lambda: measure(pool, tasks))
