// A histogram of times in nanoseconds with 64 buckets per power of two, each 1.6 to 3 % wide.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

enum { SUB = 64, BUCKETS = 64 * SUB };

static inline void histogram_add(uint64_t *histogram, uint64_t ns)
{
    unsigned shift = ns < SUB ? 0 : 63 - (unsigned)__builtin_clzll(ns) - 5;
    unsigned bucket = shift * SUB + (unsigned)(ns >> shift); // what is left of ns is 32 to 63
    histogram[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

static inline double histogram_percentile_us(const uint64_t *histogram, uint64_t total, double q)
{
    uint64_t wanted = (uint64_t)((double)total * q), seen = 0;
    for (unsigned i = 0; i < BUCKETS; i++)
        if ((seen += histogram[i]) > wanted)
            return (double)((uint64_t)(i % SUB) << (i / SUB)) / 1000.0;
    return 0;
}

#endif
