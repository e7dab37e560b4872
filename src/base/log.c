/* log.c - structured logs (log.h).
 *
 * A line is formatted on the caller's stack; under the lock it is only copied. When the standard error output does not keep
 * up, lines are dropped and counted rather than holding up requests; the count is logged when there is room again.
 */
#include "base/log.h"

#include "base/buf.h"
#include "base/timefmt.h"
#include "base/utf8.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define LOG_LINE 8192
#define LOG_TAIL 64 // room for what closes a line
#define LOG_BUFFER ((size_t)4 << 20)
#define LOG_INTERVAL_MS 200

static struct {
    pthread_mutex_t lock;    // of the fields below
    pthread_mutex_t writing; // held while the spare buffer is written, so that lines stay in order
    pthread_cond_t wake;
    pthread_t thread;
    char *active, *spare;
    size_t used;
    int64_t dropped;
    bool urgent, stopping;
    atomic_bool running;
    atomic_int level;
} log_state = {.lock = PTHREAD_MUTEX_INITIALIZER, .writing = PTHREAD_MUTEX_INITIALIZER, .level = LOG_INFO};

static void log_write(const char *p, size_t n) {
    while (n) {
        ssize_t done = write(STDERR_FILENO, p, n);
        if (done > 0) {
            p += done;
            n -= (size_t)done;
        } else if (done < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){.fd = STDERR_FILENO, .events = POLLOUT}, 1, 1000);
        } else if (done == 0 || errno != EINTR) {
            return; // nowhere is left to complain to
        }
    }
}

/* A JSON string of what fits for certain; bytes that are not UTF-8 are replaced, as the line must stay JSON. */
static void log_text(struct buf *line, struct str text) {
    size_t room = line->cap - line->len;
    room = room > LOG_TAIL ? (room - LOG_TAIL) / 6 : 0; // an escape takes six bytes
    struct str cut = str_slice(text, 0, room);
    if (cut.len < text.len) {
        while (cut.len && ((unsigned char)text.ptr[cut.len] & 0xC0) == 0x80) cut.len--;
    }
    if (utf8_valid(cut)) {
        buf_json(line, cut);
        return;
    }
    buf_char(line, '"');
    uint32_t c;
    while (utf8_next(&cut, &c)) buf_char(line, c >= 0x20 && c < 0x7F && c != '"' && c != '\\' ? (char)c : '?');
    buf_char(line, '"');
}

static void log_format(struct buf *line, enum log_level level, const char *event, const struct log_field *fields) {
    static const char *const names[] = {"debug", "info", "warn", "error"};
    buf_lit(line, "{\"time\":\"");
    buf_time(line, time_now());
    buf_lit(line, "\",\"level\":\"");
    buf_cstr(line, names[level]);
    buf_lit(line, "\",\"event\":");
    log_text(line, str_of(event));
    for (; fields->name; fields++) {
        struct str name = str_of(fields->name);
        if (line->cap - line->len < name.len + 2 * LOG_TAIL) break;
        buf_lit(line, ",\"");
        buf_add(line, name);
        buf_lit(line, "\":");
        if (fields->is_number) {
            buf_int(line, fields->number);
        } else {
            log_text(line, fields->text);
        }
    }
    buf_lit(line, "}\n");
}

static struct buf log_line(char *bytes) {
    return (struct buf){.ptr = bytes, .len = 0, .cap = LOG_LINE, .arena = NULL}; // never grows: log_text keeps to it
}

void log_flush(void) {
    pthread_mutex_lock(&log_state.writing);
    pthread_mutex_lock(&log_state.lock);
    char *full = log_state.active;
    size_t used = log_state.used;
    int64_t dropped = log_state.dropped;
    log_state.active = log_state.spare;
    log_state.spare = full;
    log_state.used = 0;
    log_state.dropped = 0;
    log_state.urgent = false;
    pthread_mutex_unlock(&log_state.lock);
    log_write(full, used);
    if (dropped) {
        char bytes[LOG_LINE];
        struct buf line = log_line(bytes);
        log_format(&line, LOG_WARN, "log_lines_dropped", (struct log_field[]){LOG_INT("count", dropped), LOG_NONE});
        log_write(line.ptr, line.len);
    }
    pthread_mutex_unlock(&log_state.writing);
}

static void *log_run(void *unused) {
    (void)unused;
    pthread_mutex_lock(&log_state.lock);
    while (!log_state.stopping) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOG_INTERVAL_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        int waited = 0;
        while (!log_state.urgent && !log_state.stopping && waited != ETIMEDOUT) {
            waited = pthread_cond_timedwait(&log_state.wake, &log_state.lock, &until);
        }
        bool any = log_state.used || log_state.dropped;
        pthread_mutex_unlock(&log_state.lock);
        if (any) log_flush();
        pthread_mutex_lock(&log_state.lock);
    }
    pthread_mutex_unlock(&log_state.lock);
    return NULL;
}

void log_start(enum log_level level) {
    atomic_store(&log_state.level, (int)level);
    if (atomic_load(&log_state.running)) return;
    log_state.active = malloc(LOG_BUFFER);
    log_state.spare = malloc(LOG_BUFFER);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&log_state.wake, &attributes);
    pthread_condattr_destroy(&attributes);
    log_state.stopping = false;
    bool ready = log_state.active && log_state.spare && pthread_create(&log_state.thread, NULL, log_run, NULL) == 0;
    if (ready) {
        atomic_store(&log_state.running, true);
        return;
    }
    free(log_state.active);
    free(log_state.spare);
    log_state.active = log_state.spare = NULL;
}

void log_stop(void) {
    if (!atomic_exchange(&log_state.running, false)) return;
    pthread_mutex_lock(&log_state.lock);
    log_state.stopping = true;
    pthread_cond_signal(&log_state.wake);
    pthread_mutex_unlock(&log_state.lock);
    pthread_join(log_state.thread, NULL);
    log_flush();
    pthread_mutex_lock(&log_state.writing);
    pthread_mutex_lock(&log_state.lock);
    log_write(log_state.active, log_state.used); // what arrived since
    free(log_state.active);
    free(log_state.spare);
    log_state.active = log_state.spare = NULL;
    log_state.used = 0;
    pthread_mutex_unlock(&log_state.lock);
    pthread_mutex_unlock(&log_state.writing);
    pthread_cond_destroy(&log_state.wake);
}

void log_fields(enum log_level level, const char *event, const struct log_field *fields) {
    if ((int)level < atomic_load_explicit(&log_state.level, memory_order_relaxed)) return;
    char bytes[LOG_LINE];
    struct buf line = log_line(bytes);
    log_format(&line, level, event, fields);
    pthread_mutex_lock(&log_state.lock);
    if (!log_state.active) {
        log_write(line.ptr, line.len);
    } else if (LOG_BUFFER - log_state.used < line.len) {
        log_state.dropped++;
    } else {
        memcpy(log_state.active + log_state.used, line.ptr, line.len);
        log_state.used += line.len;
        if (!log_state.urgent && (level >= LOG_WARN || log_state.used > LOG_BUFFER / 2)) {
            log_state.urgent = true;
            pthread_cond_signal(&log_state.wake);
        }
    }
    pthread_mutex_unlock(&log_state.lock);
}
