/* postgres_sql.c - placeholders of our SQL text as PostgreSQL counts them (postgres_sql.h). */
#include "db/postgres_sql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* ---- what is left alone ---- */

static size_t quoted_end(struct str s, size_t at, char quote, bool escapes) {
    for (at++; at < s.len; at++) {
        if (escapes && s.ptr[at] == '\\') {
            at++;
        } else if (s.ptr[at] == quote) {
            if (at + 1 < s.len && s.ptr[at + 1] == quote) at++;
            else return at + 1;
        }
    }
    return s.len;
}

static size_t comment_end(struct str s, size_t at) {
    int depth = 0;
    for (; at + 1 < s.len; at++) {
        if (s.ptr[at] == '/' && s.ptr[at + 1] == '*') {
            depth++;
            at++;
        } else if (s.ptr[at] == '*' && s.ptr[at + 1] == '/') {
            at++;
            if (--depth == 0) return at + 1;
        }
    }
    return s.len;
}

/* The end of $tag$...$tag$, or `at` where none begins here. */
static size_t dollar_end(struct str s, size_t at) {
    size_t tag = at + 1;
    while (tag < s.len && is_word(s.ptr[tag])) tag++;
    if (tag >= s.len || s.ptr[tag] != '$' || isdigit((unsigned char)s.ptr[at + 1])) return at;
    struct str mark = str_slice(s, at, tag + 1);
    ptrdiff_t end = str_find(str_slice(s, tag + 1, s.len), mark);
    return end < 0 ? s.len : tag + 1 + (size_t)end + mark.len;
}

/* The end of the quoted piece or comment that begins at `at`, or `at` where none does. */
static size_t skip(struct str s, size_t at) {
    char c = s.ptr[at], next = at + 1 < s.len ? s.ptr[at + 1] : 0;
    bool after_word = at > 0 && is_word(s.ptr[at - 1]);
    if (c == '\'') {
        bool escapes = at > 0 && (s.ptr[at - 1] == 'E' || s.ptr[at - 1] == 'e') && (at < 2 || !is_word(s.ptr[at - 2]));
        return quoted_end(s, at, c, escapes);
    }
    if (c == '"') return quoted_end(s, at, c, false);
    if (c == '-' && next == '-') {
        ptrdiff_t line = str_index(str_slice(s, at, s.len), '\n');
        return line < 0 ? s.len : at + (size_t)line;
    }
    if (c == '/' && next == '*') return comment_end(s, at);
    if (c == '$' && !after_word) return dollar_end(s, at);
    return at;
}

/* ---- placeholders ---- */

/* The number of `:name`, which is given one where it is new; 0 where there is no memory. */
static int number_of(struct pg_sql *sql, struct str name) {
    for (int i = 0; i < sql->params; i++) {
        if (sql->names[i] && str_eqc(name, sql->names[i])) return i + 1;
    }
    char *copy = malloc(name.len + 1);
    if (!copy) return 0;
    memcpy(copy, name.ptr, name.len);
    copy[name.len] = 0;
    sql->names[sql->params++] = copy;
    return sql->params;
}

/* Reads the placeholder at `at`; returns its end and sets *number, or returns `at`. */
static size_t placeholder(struct pg_sql *sql, struct str s, size_t at, int *number) {
    char c = s.ptr[at], next = at + 1 < s.len ? s.ptr[at + 1] : 0;
    size_t end = at + 1;
    if (c == '?' && isdigit((unsigned char)next)) {
        for (*number = 0; end < s.len && isdigit((unsigned char)s.ptr[end]) && *number <= PG_SQL_PARAMS; end++)
            *number = *number * 10 + (s.ptr[end] - '0');
        if (*number > sql->params && *number <= PG_SQL_PARAMS) sql->params = *number;
        return end;
    }
    bool cast = next == ':' || (at > 0 && s.ptr[at - 1] == ':');
    if (c != ':' || cast || !is_word(next) || isdigit((unsigned char)next)) return at;
    while (end < s.len && is_word(s.ptr[end])) end++;
    *number = number_of(sql, str_slice(s, at, end));
    return end;
}

/* How much room the text needs at most: a number for each name, besides the highest that is written out. */
struct room {
    size_t placeholders, numbers;
};

static struct room room_of(struct str s) {
    struct room room = {0, 0};
    for (size_t i = 0; i < s.len; i++) {
        room.placeholders += s.ptr[i] == '?' || s.ptr[i] == ':';
        size_t number = 0;
        for (size_t d = i + 1; s.ptr[i] == '?' && d < s.len && isdigit((unsigned char)s.ptr[d]) && number <= PG_SQL_PARAMS; d++)
            number = number * 10 + (size_t)(s.ptr[d] - '0');
        if (number > room.numbers) room.numbers = number;
    }
    room.numbers += room.placeholders;
    return room;
}

static bool refuse(struct pg_sql *sql, const char *why) {
    sql->why = why;
    return false;
}

static bool translate(struct pg_sql *sql, struct str s) {
    size_t to = 0;
    for (size_t at = 0; at < s.len;) {
        int number = 0;
        size_t end = skip(s, at);
        if (end == at) {
            end = placeholder(sql, s, at, &number);
            if (end > at && (number < 1 || number > PG_SQL_PARAMS)) return refuse(sql, "a placeholder without a number");
        }
        if (number) {
            to += (size_t)snprintf(sql->text + to, sql->room - to, "$%d", number);
            at = end;
        } else if (end == at && s.ptr[at] == ';') {
            return refuse(sql, "not exactly one statement");
        } else {
            if (end == at) end++;
            memcpy(sql->text + to, s.ptr + at, end - at);
            to += end - at;
            at = end;
        }
    }
    sql->text[to] = 0;
    return true;
}

bool pg_sql_read(struct pg_sql *sql, struct str text) {
    *sql = (struct pg_sql){.why = NULL};
    text = str_trim(text);
    while (text.len && text.ptr[text.len - 1] == ';') text.len--;
    if (text.len == 0) return refuse(sql, "not exactly one statement");
    struct room room = room_of(text);
    sql->room = text.len + 8 * room.placeholders + 1;
    sql->text = malloc(sql->room);
    sql->names = calloc(room.numbers + 1, sizeof *sql->names);
    if (!sql->text || !sql->names) return refuse(sql, "out of memory");
    return translate(sql, text);
}

void pg_sql_free(struct pg_sql *sql) {
    for (int i = 0; sql->names && i < sql->params; i++) free(sql->names[i]);
    free((void *)sql->names);
    free(sql->text);
}

/* ---- scripts ---- */

static bool ends_transaction(struct str word) {
    static const char *const words[] = {"begin",     "start",   "commit",  "end",     "rollback",
                                        "abort",     "prepare", "release", "discard", "savepoint"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_ieq(word, str_of(words[i]))) return true;
    }
    return false;
}

bool pg_sql_keeps_transaction(struct str script) {
    bool first = true; /* no word of this statement was seen yet */
    bool body = false; /* inside BEGIN ATOMIC ... END of a function */
    struct str last = STR("");
    for (size_t at = 0; at < script.len;) {
        size_t end = skip(script, at);
        if (end > at) {
            at = end;
        } else if (is_word(script.ptr[at])) {
            while (end < script.len && is_word(script.ptr[end])) end++;
            struct str word = str_slice(script, at, end);
            if (str_ieq(word, STR("atomic")) && str_ieq(last, STR("begin"))) {
                body = true;
            } else if (first && body) {
                body = !str_ieq(word, STR("end"));
            } else if (first && ends_transaction(word)) {
                return false;
            }
            last = word;
            first = false;
            at = end;
        } else {
            if (script.ptr[at++] == ';') first = true;
        }
    }
    return true;
}
