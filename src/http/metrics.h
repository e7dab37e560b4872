/* metrics.h - what the server did, counted: by route and status class, with a histogram of durations; and the log of requests. */
#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H

struct metrics;
struct exchange;

struct metrics *metrics_new(int routes);
void metrics_free(struct metrics *metrics);
/* When an exchange has ended: counts it and writes its log line. */
void metrics_done(const struct exchange *exchange);

#endif
