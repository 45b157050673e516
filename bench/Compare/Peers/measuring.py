"""What the peers' scripts have in common: for each line on standard input one measurement, as one number on a line."""
import sys


def serve(measure):
    print('ready', flush=True)
    for _ in sys.stdin:
        print(measure(), flush=True)
