/* date_guess.c - reads dates as spreadsheets write them (date_guess.h): a small scanner, then one rule for the order. */
#include "core/date_guess.h"

/* One of the three parts of a date. */
struct date_part {
    int value;
    size_t digits; /* 0: a month by its name */
};

/* What a cell says, before the order of its numbers is known. */
struct date_cell {
    struct date_part parts[3];
    struct civil clock; /* hour to milli */
    bool has_offset;
    int64_t offset; /* ms */
};

static const char *const date_months[] = {"january", "february", "march",     "april",   "may",      "june",
                                          "july",    "august",   "september", "october", "november", "december"};
static const char *const date_weekdays[] = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

static char date_at(struct str s) {
    return s.len ? s.ptr[0] : '\0';
}

static void date_skip(struct str *s, const char *set) {
    while (s->len && s->ptr[0] && strchr(set, s->ptr[0])) *s = str_slice(*s, 1, s->len);
}

static bool date_take(struct str *s, char c) {
    if (date_at(*s) != c) return false;
    *s = str_slice(*s, 1, s->len);
    return true;
}

/* Digits off the front, at most eight. */
static bool date_number(struct str *s, struct date_part *part) {
    *part = (struct date_part){0};
    while (s->len && s->ptr[0] >= '0' && s->ptr[0] <= '9' && part->digits < 9) {
        part->value = part->value * 10 + (s->ptr[0] - '0');
        part->digits++;
        *s = str_slice(*s, 1, s->len);
    }
    return part->digits > 0 && part->digits < 9;
}

static struct str date_word(struct str *s) {
    size_t n = 0;
    while (n < s->len && ((s->ptr[n] | 0x20) >= 'a' && (s->ptr[n] | 0x20) <= 'z')) n++;
    struct str word = str_slice(*s, 0, n);
    *s = str_slice(*s, n, s->len);
    return word;
}

/* Index of the name that `word` is or shortens to three letters or more; -1 where it does not. */
static int date_name(struct str word, const char *const *names, int count) {
    for (int i = 0; i < count && word.len >= 3; i++) {
        struct str name = str_of(names[i]);
        if (word.len <= name.len && str_ieq(word, str_slice(name, 0, word.len))) return i;
    }
    return -1;
}

static bool date_month_word(struct str *s, struct date_part *part) {
    struct str word = date_word(s);
    int month = date_name(word, date_months, 12);
    if (month < 0) return false;
    date_skip(s, "."); // "Sept. 3"
    *part = (struct date_part){.value = month + 1};
    return true;
}

/* "1st", "2nd", "12th": the letters say nothing. */
static void date_ordinal(struct str *s) {
    struct str rest = *s, word = date_word(&rest);
    if (str_ieq(word, STR("st")) || str_ieq(word, STR("nd")) || str_ieq(word, STR("rd")) || str_ieq(word, STR("th"))) *s = rest;
}

static bool date_letter(struct str s) {
    return (date_at(s) | 0x20) >= 'a' && (date_at(s) | 0x20) <= 'z';
}

static bool date_weekday(struct str *s) {
    struct str rest = *s, word = date_word(&rest);
    if (word.len == 0 || date_name(word, date_weekdays, 7) < 0) return false;
    *s = rest;
    date_skip(s, "., ");
    return true;
}

/* "20261112". */
static bool date_compact(int whole, struct date_cell *cell) {
    cell->parts[0] = (struct date_part){whole / 10000, 4};
    cell->parts[1] = (struct date_part){whole / 100 % 100, 2};
    cell->parts[2] = (struct date_part){whole % 100, 2};
    return whole >= 10000000;
}

static bool date_parts(struct str *s, struct date_cell *cell) {
    date_weekday(s);
    for (int i = 0; i < 3; i++) {
        if (i) {
            size_t before = s->len;
            date_skip(s, "/-., ");
            if (s->len == before) return false;
        }
        if (date_letter(*s)) {
            if (!date_month_word(s, &cell->parts[i])) return false;
            continue;
        }
        if (!date_number(s, &cell->parts[i])) return false;
        if (i == 0 && cell->parts[0].digits == 8) return date_compact(cell->parts[0].value, cell);
        if (cell->parts[i].digits == 3 || cell->parts[i].digits > 4) return false;
        date_ordinal(s);
    }
    return true;
}

/* AM or PM behind a clock of 1 to 12 hours. */
static bool date_half(struct str *s, struct civil *clock) {
    struct str rest = *s;
    date_skip(&rest, " ");
    bool pm = (date_at(rest) | 0x20) == 'p';
    if (!pm && (date_at(rest) | 0x20) != 'a') return true;
    rest = str_slice(rest, 1, rest.len);
    date_take(&rest, '.');
    if ((date_at(rest) | 0x20) != 'm') return false;
    rest = str_slice(rest, 1, rest.len);
    date_take(&rest, '.');
    if (clock->hour < 1 || clock->hour > 12) return false;
    clock->hour = clock->hour % 12 + (pm ? 12 : 0);
    *s = rest;
    return true;
}

static void date_fraction(struct str *s, struct civil *clock) {
    int weight = 100;
    if (date_at(*s) != '.' || s->len < 2 || s->ptr[1] < '0' || s->ptr[1] > '9') return;
    *s = str_slice(*s, 1, s->len);
    for (; s->len && s->ptr[0] >= '0' && s->ptr[0] <= '9'; weight /= 10) {
        clock->milli += (s->ptr[0] - '0') * weight;
        *s = str_slice(*s, 1, s->len);
    }
}

/* "9:30", "09:30:00.5", "9:30 PM", "9 pm". */
static bool date_clock(struct str *s, struct civil *clock) {
    struct date_part part;
    bool minutes = false;
    if (!date_number(s, &part) || part.digits > 2) return false;
    clock->hour = part.value;
    if (date_take(s, ':')) {
        if (!date_number(s, &part) || part.digits != 2) return false;
        clock->minute = part.value;
        minutes = true;
        if (date_take(s, ':')) {
            if (!date_number(s, &part) || part.digits != 2) return false;
            clock->second = part.value;
            date_fraction(s, clock);
        }
    }
    size_t before = s->len;
    return date_half(s, clock) && (minutes || s->len < before);
}

/* "Z", "UTC", "GMT", "+10:00", "+1000", "+10"; nothing is fine too. */
static bool date_offset(struct str *s, struct date_cell *cell) {
    date_skip(s, " ");
    if (s->len == 0) return true;
    cell->has_offset = true;
    if (date_letter(*s)) {
        struct str word = date_word(s);
        return s->len == 0 && (str_ieq(word, STR("z")) || str_ieq(word, STR("utc")) || str_ieq(word, STR("gmt")));
    }
    bool west = date_take(s, '-');
    struct date_part hours, minutes = {0};
    if (!west && !date_take(s, '+')) return false;
    if (!date_number(s, &hours)) return false;
    if (hours.digits == 4) {
        minutes.value = hours.value % 100;
        hours.value /= 100;
    } else if (hours.digits != 2 || (date_take(s, ':') && (!date_number(s, &minutes) || minutes.digits != 2))) {
        return false;
    }
    if (s->len || hours.value > 15 || minutes.value > 59) return false;
    cell->offset = (hours.value * 60 + minutes.value) * INT64_C(60000) * (west ? -1 : 1);
    return true;
}

static bool date_read(struct str text, struct date_cell *cell) {
    *cell = (struct date_cell){0};
    text = str_trim(text);
    if (!date_parts(&text, cell)) return false;
    size_t before = text.len;
    if (!date_take(&text, 'T')) date_skip(&text, ", ");
    if (text.len == 0) return before == 0;
    return text.len < before && date_clock(&text, &cell->clock) && date_offset(&text, cell);
}

static int date_year(struct date_part part) {
    if (part.digits > 2) return part.value;
    return part.value + (part.value < 70 ? 2000 : 1900);
}

/* The parts as year, month, day where they stand so; false where that is no day. */
static bool date_place(const struct date_cell *cell, int year, int month, int day, struct civil *c) {
    const struct date_part *p = cell->parts;
    if ((p[year].digits != 2 && p[year].digits != 4) || p[day].digits == 0 || p[day].digits > 2 || p[month].digits > 2)
        return false;
    *c = cell->clock;
    c->year = date_year(p[year]);
    c->month = p[month].value;
    c->day = p[day].value;
    return civil_valid(*c);
}

/* The day that a cell means under a format. */
static bool date_settle(const struct date_cell *cell, enum date_guess format, struct civil *c) {
    const struct date_part *p = cell->parts;
    if (p[0].digits == 4) return date_place(cell, 0, 1, 2, c);
    if (p[0].digits == 0) return date_place(cell, 2, 0, 1, c);
    if (p[1].digits == 0 || format == DATE_GUESS_DAY_FIRST) return date_place(cell, 2, 1, 0, c);
    if (format == DATE_GUESS_MONTH_FIRST) return date_place(cell, 2, 0, 1, c);
    return p[0].value == p[1].value && date_place(cell, 2, 1, 0, c);
}

enum date_guess date_guess_column(const struct str *samples, size_t n) {
    size_t filled = 0, plain = 0, day_first = 0, month_first = 0;
    for (size_t i = 0; i < n; i++) {
        struct date_cell cell;
        struct civil c;
        if (str_trim(samples[i]).len == 0) continue;
        filled++;
        if (!date_read(samples[i], &cell)) continue;
        plain += date_settle(&cell, DATE_GUESS_PLAIN, &c);
        day_first += date_settle(&cell, DATE_GUESS_DAY_FIRST, &c);
        month_first += date_settle(&cell, DATE_GUESS_MONTH_FIRST, &c);
    }
    size_t best = day_first > month_first ? day_first : month_first;
    if (filled == 0 || 2 * best < filled) return DATE_GUESS_NONE;
    if (plain == best) return DATE_GUESS_PLAIN;
    if (day_first == month_first) return DATE_GUESS_AMBIGUOUS;
    return day_first > month_first ? DATE_GUESS_DAY_FIRST : DATE_GUESS_MONTH_FIRST;
}

bool date_guess_parse(enum date_guess format, struct str text, bool is_time, const struct zone *zone, struct value *out) {
    struct date_cell cell;
    struct civil c;
    if (!date_read(text, &cell) || !date_settle(&cell, format, &c)) return false;
    if (!is_time) {
        *out = value_int(date_from_civil(c.year, c.month, c.day));
        return true;
    }
    int64_t ms = time_from_civil(c);
    if (cell.has_offset) {
        ms -= cell.offset;
    } else if (zone) {
        ms = zone_to_utc(zone, ms);
    }
    if (ms < TIME_MIN || ms > TIME_MAX) return false;
    *out = value_int(ms);
    return true;
}

static const char *const date_guess_names[] = {"none", "plain", "day_first", "month_first", "ambiguous"};

const char *date_guess_name(enum date_guess format) {
    return date_guess_names[format];
}

enum date_guess date_guess_find(struct str name) {
    for (size_t i = 0; i < sizeof date_guess_names / sizeof *date_guess_names; i++) {
        if (str_eqc(name, date_guess_names[i])) return (enum date_guess)i;
    }
    return DATE_GUESS_NONE;
}
