/* zone.c - time zones from the system's database (timefmt.h): TZif files of version 2 and later (RFC 8536).
 *
 * A file is a table of transitions and, for the time after the last, a rule in the form of POSIX TZ. Zones live as long as the
 * process: a list that only grows, read without a lock.
 */
#include "base/timefmt.h"

#include <pthread.h>
#include <stdatomic.h>

#define ZONE_DIRECTORY "/usr/share/zoneinfo/"
#define ZONE_FILE_LIMIT ((size_t)256 << 10)
#define ZONE_NAME_LIMIT 64

struct zone_type {
    int offset;               // seconds east of UTC
    const char *abbreviation; // in zone.names
};

/* When a rule changes the clock: in the manner of POSIX TZ "M10.1.0/2", "J60" or "59". */
struct zone_change {
    char kind; // 'M', 'J' or 'n'
    int month, week, day;
    int seconds; // after local midnight; may be negative or beyond a day
};

struct zone_rule {
    bool present, has_summer;
    struct zone_type standard, summer;
    struct zone_change start, end; // of summer time
};

struct zone {
    struct zone *next;
    char *name;
    size_t transition_count, type_count;
    int64_t *transitions; // seconds since 1970, ascending
    uint8_t *type_of;     // the type from that transition on
    struct zone_type *types;
    char *names;
    char rule_names[2][16];
    struct zone_rule rule;
};

static _Atomic(struct zone *) zone_known;
static pthread_mutex_t zone_loading = PTHREAD_MUTEX_INITIALIZER;

static uint64_t zone_read_number(const char *p, size_t size) {
    uint64_t n = 0;
    for (size_t i = 0; i < size; i++) n = n << 8 | (unsigned char)p[i];
    return n;
}

static int zone_read_seconds(const char *p) {
    return (int)(int32_t)(uint32_t)zone_read_number(p, 4);
}

static int zone_sign(struct str *s) {
    if (s->len == 0 || (s->ptr[0] != '-' && s->ptr[0] != '+')) return 1;
    int sign = s->ptr[0] == '-' ? -1 : 1;
    *s = str_slice(*s, 1, s->len);
    return sign;
}

static bool zone_skip(struct str *s, char c) {
    if (s->len == 0 || s->ptr[0] != c) return false;
    *s = str_slice(*s, 1, s->len);
    return true;
}

/* A decimal number of at most three digits. */
static bool zone_number(struct str *s, int max, int *out) {
    size_t n = 0;
    int value = 0;
    while (n < s->len && n < 3 && s->ptr[n] >= '0' && s->ptr[n] <= '9') value = value * 10 + (s->ptr[n++] - '0');
    if (n == 0 || value > max) return false;
    *out = value;
    *s = str_slice(*s, n, s->len);
    return true;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool zone_clock(struct str *s, int *out) {
    int sign = zone_sign(s), hours, minutes = 0, seconds = 0;
    if (!zone_number(s, 167, &hours)) return false;
    if (zone_skip(s, ':') && !zone_number(s, 59, &minutes)) return false;
    if (zone_skip(s, ':') && !zone_number(s, 59, &seconds)) return false;
    *out = sign * (hours * 3600 + minutes * 60 + seconds);
    return true;
}

/* "AEST" or "<+03>", kept in `name`. */
static bool zone_abbreviation(struct str *s, char name[16]) {
    bool quoted = zone_skip(s, '<');
    size_t n = 0;
    for (; n < s->len && n < 15; n++) {
        char c = s->ptr[n];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!letter && !(quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'))) break;
        name[n] = c;
    }
    name[n] = 0;
    *s = str_slice(*s, n, s->len);
    return n >= 3 && (!quoted || zone_skip(s, '>'));
}

static bool zone_change(struct str *s, struct zone_change *change) {
    *change = (struct zone_change){.kind = 'n', .seconds = 2 * 3600};
    if (!zone_skip(s, ',')) return false;
    if (zone_skip(s, 'M')) {
        change->kind = 'M';
        if (!zone_number(s, 12, &change->month) || !zone_skip(s, '.') || !zone_number(s, 5, &change->week) ||
            !zone_skip(s, '.') || !zone_number(s, 6, &change->day) || change->month < 1 || change->week < 1) {
            return false;
        }
    } else {
        if (zone_skip(s, 'J')) change->kind = 'J';
        if (!zone_number(s, 365, &change->day)) return false;
    }
    return !zone_skip(s, '/') || zone_clock(s, &change->seconds);
}

/* "AEST-10AEDT,M10.1.0,M4.1.0/3". POSIX counts offsets west of Greenwich. */
static bool zone_parse_rule(struct zone *zone, struct str s) {
    struct zone_rule *rule = &zone->rule;
    int west;
    if (!zone_abbreviation(&s, zone->rule_names[0]) || !zone_clock(&s, &west)) return false;
    rule->standard = (struct zone_type){-west, zone->rule_names[0]};
    rule->present = true;
    if (s.len == 0) return true;
    if (!zone_abbreviation(&s, zone->rule_names[1])) return false;
    rule->summer = (struct zone_type){-west + 3600, zone->rule_names[1]};
    rule->has_summer = true;
    if (s.len && s.ptr[0] != ',') {
        if (!zone_clock(&s, &west)) return false;
        rule->summer.offset = -west;
    }
    return zone_change(&s, &rule->start) && zone_change(&s, &rule->end) && s.len == 0;
}

/* The six counts of a TZif header. */
struct zone_header {
    size_t is_utc, is_standard, leaps, transitions, types, name_bytes;
};

static bool zone_read_header(struct str *file, struct zone_header *h, size_t time_size, size_t *body) {
    if (file->len < 44 || memcmp(file->ptr, "TZif", 4) != 0 || file->ptr[4] < '2') return false;
    size_t *counts[] = {&h->is_utc, &h->is_standard, &h->leaps, &h->transitions, &h->types, &h->name_bytes};
    for (size_t i = 0; i < 6; i++) {
        *counts[i] = (size_t)zone_read_number(file->ptr + 20 + 4 * i, 4);
        if (*counts[i] > ZONE_FILE_LIMIT) return false;
    }
    *file = str_slice(*file, 44, file->len);
    *body =
        h->transitions * (time_size + 1) + h->types * 6 + h->name_bytes + h->leaps * (time_size + 4) + h->is_standard + h->is_utc;
    return *body <= file->len;
}

/* Makes the tables of the 64-bit body. */
static bool zone_read_body(struct zone *zone, const char *p, const struct zone_header *h) {
    zone->transitions = calloc(h->transitions + 1, sizeof *zone->transitions);
    zone->type_of = calloc(h->transitions + 1, 1);
    zone->types = calloc(h->types, sizeof *zone->types);
    zone->names = calloc(h->name_bytes + 1, 1);
    if (!zone->transitions || !zone->type_of || !zone->types || !zone->names) return false;
    zone->transition_count = h->transitions;
    zone->type_count = h->types;
    for (size_t i = 0; i < h->transitions; i++, p += 8) zone->transitions[i] = (int64_t)zone_read_number(p, 8);
    for (size_t i = 0; i < h->transitions; i++, p++) {
        zone->type_of[i] = (uint8_t)*p;
        if (zone->type_of[i] >= h->types) return false;
    }
    memcpy(zone->names, p + 6 * h->types, h->name_bytes);
    for (size_t i = 0; i < h->types; i++, p += 6) {
        size_t name = (unsigned char)p[5];
        if (name >= h->name_bytes) return false;
        zone->types[i] = (struct zone_type){zone_read_seconds(p), zone->names + name};
    }
    return true;
}

/* A first body with 32-bit times stands before the one that is wanted. Files that count leap seconds are refused. */
static bool zone_parse(struct zone *zone, struct str file) {
    struct zone_header h;
    size_t body;
    if (!zone_read_header(&file, &h, 4, &body)) return false;
    file = str_slice(file, body, file.len);
    if (!zone_read_header(&file, &h, 8, &body) || h.types == 0 || h.leaps != 0) return false;
    if (!zone_read_body(zone, file.ptr, &h)) return false;
    struct str footer = str_slice(file, body, file.len);
    if (!zone_skip(&footer, '\n')) return false;
    ptrdiff_t end = str_index(footer, '\n');
    if (end < 0) return false;
    return end == 0 || zone_parse_rule(zone, str_slice(footer, 0, (size_t)end));
}

static void zone_discard(struct zone *zone) {
    free(zone->name);
    free(zone->transitions);
    free(zone->type_of);
    free(zone->types);
    free(zone->names);
    free(zone);
}

static struct zone *zone_load(struct str name) {
    char path[sizeof ZONE_DIRECTORY + ZONE_NAME_LIMIT];
    snprintf(path, sizeof path, ZONE_DIRECTORY "%.*s", STR_ARG(name));
    FILE *stream = fopen(path, "re");
    if (!stream) return NULL;
    struct zone *zone = calloc(1, sizeof *zone);
    char *bytes = malloc(ZONE_FILE_LIMIT);
    bool ok = false;
    if (zone && bytes) {
        size_t n = fread(bytes, 1, ZONE_FILE_LIMIT, stream);
        zone->name = strndup(name.ptr, name.len);
        ok = zone->name && zone_parse(zone, (struct str){bytes, n});
    }
    if (zone && !ok) {
        zone_discard(zone);
        zone = NULL;
    }
    free(bytes);
    fclose(stream);
    return zone;
}

static bool zone_name_valid(struct str name) {
    if (name.len == 0 || name.len > ZONE_NAME_LIMIT || name.ptr[0] == '/' || str_find(name, STR("..")) >= 0) return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i], lower = (char)(c | 0x20);
        if (!(lower >= 'a' && lower <= 'z') && !(c >= '0' && c <= '9') && (c == 0 || !strchr("/_+-", c))) return false;
    }
    return true;
}

static struct zone *zone_lookup(struct str name) {
    struct zone *zone = atomic_load_explicit(&zone_known, memory_order_acquire);
    while (zone && !str_eqc(name, zone->name)) zone = zone->next;
    return zone;
}

const struct zone *zone_find(struct str name) {
    struct zone *zone = zone_lookup(name);
    if (zone || !zone_name_valid(name)) return zone;
    pthread_mutex_lock(&zone_loading);
    zone = zone_lookup(name);
    if (!zone && (zone = zone_load(name))) {
        zone->next = atomic_load_explicit(&zone_known, memory_order_relaxed);
        atomic_store_explicit(&zone_known, zone, memory_order_release);
    }
    pthread_mutex_unlock(&zone_loading);
    return zone;
}

/* Seconds since 1970 of a change in that year, as the wall clock shows it. */
static int64_t zone_change_at(const struct zone_change *change, int year) {
    int64_t day;
    int64_t january = date_from_civil(year, 1, 1);
    if (change->kind == 'M') {
        int64_t first = date_from_civil(year, change->month, 1);
        int64_t next = change->month == 12 ? date_from_civil(year + 1, 1, 1) : date_from_civil(year, change->month + 1, 1);
        day = first + (change->day - civil_from_date(first).weekday + 7) % 7 + (change->week - 1) * 7;
        while (day >= next) day -= 7;
    } else if (change->kind == 'J') { // 29 February is never counted
        bool leap = date_from_civil(year + 1, 1, 1) - january == 366;
        day = january + change->day - 1 + (leap && change->day >= 60);
    } else {
        day = january + change->day;
    }
    return day * 86400 + change->seconds;
}

static const struct zone_type *zone_by_rule(const struct zone_rule *rule, int64_t seconds) {
    if (!rule->has_summer) return &rule->standard;
    int year = civil_from_time((seconds + rule->standard.offset) * 1000).year;
    int64_t start = zone_change_at(&rule->start, year) - rule->standard.offset;
    int64_t end = zone_change_at(&rule->end, year) - rule->summer.offset;
    bool summer = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end;
    return summer ? &rule->summer : &rule->standard;
}

static const struct zone_type *zone_type_at(const struct zone *zone, int64_t seconds) {
    size_t low = 0, high = zone->transition_count;
    while (low < high) { // the number of transitions at or before that moment
        size_t middle = (low + high) / 2;
        if (zone->transitions[middle] <= seconds) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == zone->transition_count && zone->rule.present) return zone_by_rule(&zone->rule, seconds);
    return &zone->types[low ? zone->type_of[low - 1] : 0];
}

int zone_offset(const struct zone *zone, int64_t ms, const char **abbreviation) {
    int64_t seconds = ms / 1000 - (ms % 1000 < 0);
    const struct zone_type *type = zone_type_at(zone, seconds);
    if (abbreviation) *abbreviation = type->abbreviation;
    return type->offset;
}

int64_t zone_to_utc(const struct zone *zone, int64_t local_ms) {
    // No offset reaches a day, so these two lie on either side of a change that touches this wall clock.
    int64_t before = local_ms - zone_offset(zone, local_ms - DAY_MS, NULL) * INT64_C(1000);
    int64_t after = local_ms - zone_offset(zone, local_ms + DAY_MS, NULL) * INT64_C(1000);
    bool before_shows = before + zone_offset(zone, before, NULL) * INT64_C(1000) == local_ms;
    bool after_shows = after + zone_offset(zone, after, NULL) * INT64_C(1000) == local_ms;
    if (before_shows != after_shows) return before_shows ? before : after;
    if (before_shows) return before < after ? before : after;
    return before > after ? before : after;
}

int64_t zone_wall(const struct zone *zone, int64_t ms) {
    return zone ? ms + zone_offset(zone, ms, NULL) * INT64_C(1000) : ms;
}

int64_t zone_day(const struct zone *zone, int64_t ms) {
    int64_t wall = zone_wall(zone, ms);
    return (wall >= 0 ? wall : wall - DAY_MS + 1) / DAY_MS;
}
