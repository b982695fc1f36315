"""statistics."""
import statistics
from statistics import mean, median, mode, stdev


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except statistics.StatisticsError as error:
        print(type(error).__name__, error)


print(mean([1, 2, 3, 4]), mean([2, 4]), mean([1.5, 2.5]), statistics.fmean([1, 2]), mean([0.1, 0.2, 0.3]))
print(median([3, 1, 2]), median([4, 1, 3, 2]), statistics.median_low([1, 2, 3, 4]), statistics.median_high([1, 2, 3, 4]), median([1.5]))
print(mode("aabbb"), mode([1, 2, 2, 1]), stdev([1, 2, 3, 4]), statistics.pstdev([1, 2, 3, 4]), statistics.variance([2, 4, 4, 5]), statistics.pvariance([2, 4]))
print(round(stdev([0.52, 0.48, 0.61]), 4), f"{mean([0.5, 0.25]):.3f}")
attempt(median, [])
attempt(mean, [])
