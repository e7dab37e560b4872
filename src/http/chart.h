/* chart.h - small charts drawn by the server as SVG: bars over time with a scale of money, and the line beside a figure. */
#ifndef HTTP_CHART_H
#define HTTP_CHART_H

#include "core/kind.h"

#define CHART_BARS 12
#define CHART_STEPS 4

struct chart_bar {
    struct str label; /* below it: "Nov" */
    struct str text;  /* its value: "$612,400" */
    struct str path;  /* d of its <path>; empty where it is 0 */
    int middle;       /* x of the label */
    int64_t count;
};
struct chart_line {
    int y;
    struct str label;
};
struct chart {
    struct chart_bar bars[CHART_BARS];
    int count;
    struct chart_line lines[CHART_STEPS + 1]; /* from the base up */
};

/* Heights by `values`, money in minor units of env's currency; labels, texts and counts are the caller's. */
void chart_bars(struct chart *chart, const struct kind_env *env, const int64_t *values, int count);
/* d of the line in a box of 72 by 24, and of the area below it; empty for fewer than two values. */
struct str chart_spark(struct arena *arena, const int64_t *values, int count);
struct str chart_spark_area(struct arena *arena, struct str line);
/* "$14.1M", "$248.6k", "$95": for figures and scales. */
struct str chart_money_short(const struct kind_env *env, int64_t amount);
/* "$612,400": without the minor units. */
struct str chart_money(const struct kind_env *env, int64_t amount);

#endif
