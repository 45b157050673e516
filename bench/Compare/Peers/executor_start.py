#!/usr/bin/env python3
"""ProcessPoolExecutor from its start to a first result, two processes.  usage: executor_start.py"""
import concurrent.futures


def square(x):
    return x * x


if __name__ == '__main__':
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        print(pool.submit(square, 97).result(), flush=True)
