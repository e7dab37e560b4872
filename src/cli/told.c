/* told.c - findings and progress on the command line (told.h). */
#include "cli/told.h"

#include <unistd.h>

#include "base/timefmt.h"

#define PROGRESS_US 200000

void told_end(struct told *told) {
    if (told->line) fputs("\r\033[K", stderr);
    told->line = false;
}

void told_progress(struct told *told, const char *what, int64_t done) {
    int64_t now = time_monotonic();
    if (now - told->said_at < PROGRESS_US || !isatty(STDERR_FILENO)) return;
    told->said_at = now;
    told->line = true;
    fprintf(stderr, "\r\033[K%s %lld", what, (long long)done);
}

static void told_found(void *arg, const struct verify_finding *f) {
    struct told *told = arg;
    struct arena *arena = arena_new(1u << 20);
    struct buf b = buf_new(arena, 512);
    told_end(told);
    if (told->cli->json) {
        buf_printf(&b, "%s{\"tenant_id\":%lld,\"entity\":", told->count ? "," : "", (long long)f->tenant_id);
        buf_json(&b, f->entity);
        buf_printf(&b, ",\"id\":%lld,\"field\":", (long long)f->id);
        buf_json(&b, f->field);
        buf_lit(&b, ",\"message\":");
        buf_json(&b, f->message);
        buf_char(&b, '}');
    } else {
        if (f->tenant_id) buf_printf(&b, "tenant %lld: ", (long long)f->tenant_id);
        buf_add(&b, f->entity);
        if (f->id) buf_printf(&b, " %lld", (long long)f->id);
        if (f->field.len) buf_printf(&b, " %.*s", STR_ARG(f->field));
        buf_printf(&b, ": %.*s\n", STR_ARG(f->message));
    }
    cli_write(buf_str(&b));
    told->count++;
    arena_free(arena);
}

static void told_progressed(void *arg, const char *what, int64_t done) { told_progress(arg, what, done); }

struct verify_options told_options(struct told *told) {
    return (struct verify_options){.found = told_found, .progress = told_progressed, .arg = told};
}
