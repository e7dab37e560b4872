/* log.h - structured logs: one JSON object a line on standard error.
 *
 * Lines are collected in memory and written by a background thread every 200 ms, at LOG_WARN and above at once, and by
 * log_flush. Never log a secret, a password or a body. Thread-safe.
 *
 *     log_event(LOG_INFO, "listening", LOG_STR("url", url), LOG_INT("port", port));
 *     // {"time":"2026-11-12T09:30:00.123Z","level":"info","event":"listening","url":"http://...","port":8080}
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *name; /* NULL ends the list */
    struct str text;
    int64_t number;
    bool is_number;
};
#define LOG_STR(n, s) ((struct log_field){.name = (n), .text = (s)})
#define LOG_INT(n, v) ((struct log_field){.name = (n), .number = (int64_t)(v), .is_number = true})

/* Starts the background writer; without it, lines are written at once. `level`: the least that is written. */
void log_start(enum log_level level);
void log_stop(void);
void log_flush(void);
void log_fields(enum log_level level, const char *event, const struct log_field *fields);
#define LOG_NONE ((struct log_field){.name = NULL})
/* At least one field; LOG_NONE where there is nothing to add. */
#define log_event(level, event, ...) log_fields((level), (event), (const struct log_field[]){__VA_ARGS__, LOG_NONE})

#endif
