#!/usr/bin/env python3
"""Reads of a BAM file with an index: pysam, a process per reference, as they complete.
usage: scan_pysam.py FILE.bam PROCESSES    the number of all reads"""
import concurrent.futures
import sys

import pysam


def scan(path, reference):
    with pysam.AlignmentFile(path, 'rb') as bam:
        return sum(1 for _ in bam.fetch(reference))


if __name__ == '__main__':
    path, processes = sys.argv[1], int(sys.argv[2])
    with pysam.AlignmentFile(path, 'rb') as bam:
        references = [*bam.references, '*']
    total = 0
    with concurrent.futures.ProcessPoolExecutor(processes) as pool:
        for future in concurrent.futures.as_completed([pool.submit(scan, path, reference) for reference in references]):
            total += future.result()
    print(total)
