/* text_alike.c - names that may be the same (text_alike.h). */
#include "base/text_alike.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"

#define WORDS_MOST 16
#define LONGEST 120 /* letters that are compared */
#define LEAST 3
#define LONG 9 /* letters from which on two slips are allowed */

/* What companies are called besides their name. */
static const char filler[] =
    "pty ltd limited gmbh ag kg ug mbh inc incorporated llc llp plc co corp corporation company sa sarl srl "
    "spa bv nv oy ab as aps and the of und the mr mrs ms dr herr frau";

struct words {
    struct str at[WORDS_MOST];
    int count;
};

static int by_text(const void *a, const void *b) { return str_cmp(*(const struct str *)a, *(const struct str *)b); }

static bool in_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80); }

/* Folded, without filler unless there is nothing else, in alphabetical order. */
static struct words words_of(struct arena *arena, struct str name) {
    struct str rest = text_fold(arena, name);
    struct words all = {.count = 0}, kept = {.count = 0};
    for (size_t i = 0; i < rest.len && all.count < WORDS_MOST; i++) {
        size_t from = i;
        while (i < rest.len && in_word(rest.ptr[i])) i++;
        if (i > from) all.at[all.count++] = str_slice(rest, from, i);
    }
    for (int i = 0; i < all.count; i++)
        if (!str_in_words(filler, all.at[i])) kept.at[kept.count++] = all.at[i];
    if (!kept.count) kept = all;
    qsort(kept.at, (size_t)kept.count, sizeof *kept.at, by_text);
    return kept;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Letters that are written for each other count as one. */
static char sound(struct str word, size_t i) {
    char c = word.ptr[i], next = i + 1 < word.len ? word.ptr[i + 1] : ' ';
    switch (c) {
    case 'c':
    case 'q':
        return 'k';
    case 'z':
        return 's';
    case 'v':
        return 'f';
    case 'p':
        return next == 'h' ? 'f' : 'p';
    case 'd':
        return next == 't' ? 't' : 'd';
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y':
    case 'h':
    case 'w':
    case 'j':
        return ' ';
    default:
        return c;
    }
}

static void add_key(struct buf *b, struct str word) {
    char last = ' ';
    for (size_t i = 0; i < word.len; i++) {
        char c = sound(word, i);
        if (c == ' ' && i == 0) c = 'a'; /* a word of vowels still is one */
        if (c == 's' && i > 2 && i + 1 == word.len) c = ' '; /* one or several */
        if (c != ' ' && (c != last || is_digit(c))) buf_char(b, c);
        if (c != ' ') last = c;
    }
}

struct str text_alike_key(struct arena *arena, struct str name) {
    struct words words = words_of(arena, name), keys = {.count = words.count};
    size_t length = 0;
    for (int i = 0; i < words.count; i++) {
        struct buf one = buf_new(arena, words.at[i].len + 1);
        add_key(&one, words.at[i]);
        keys.at[i] = buf_str(&one);
        length += words.at[i].len;
    }
    if (length < LEAST) return STR("");
    qsort(keys.at, (size_t)keys.count, sizeof *keys.at, by_text);
    struct buf b = buf_new(arena, length + WORDS_MOST);
    for (int i = 0; i < keys.count; i++) {
        if (i) buf_char(&b, ' ');
        buf_add(&b, keys.at[i]);
    }
    return buf_str(&b);
}

static struct str joined(struct arena *arena, struct str name, struct buf *digits) {
    struct words words = words_of(arena, name);
    struct buf b = buf_new(arena, name.len + WORDS_MOST);
    for (int i = 0; i < words.count; i++) buf_add(&b, words.at[i]);
    struct str all = str_slice(buf_str(&b), 0, LONGEST);
    for (size_t i = 0; i < all.len; i++)
        if (is_digit(all.ptr[i])) buf_char(digits, all.ptr[i]);
    return all;
}

static int least(int a, int b) { return a < b ? a : b; }

/* Letters put in, left out, changed or swapped with their neighbour. */
static int slips(struct str a, struct str b) {
    int rows[3][LONGEST + 1], *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t k = 0; k <= b.len; k++) last[k] = (int)k;
    for (size_t i = 1; i <= a.len; i++) {
        now[0] = (int)i;
        for (size_t k = 1; k <= b.len; k++) {
            int same = a.ptr[i - 1] == b.ptr[k - 1] ? 0 : 1;
            now[k] = least(least(last[k], now[k - 1]) + 1, last[k - 1] + same);
            if (i > 1 && k > 1 && a.ptr[i - 1] == b.ptr[k - 2] && a.ptr[i - 2] == b.ptr[k - 1])
                now[k] = least(now[k], before[k - 2] + 1);
        }
        int *spare = before;
        before = last, last = now, now = spare;
    }
    return last[b.len];
}

bool text_alike(struct arena *arena, struct str a, struct str b) {
    struct buf digits_a = buf_new(arena, 16), digits_b = buf_new(arena, 16);
    struct str x = joined(arena, a, &digits_a), y = joined(arena, b, &digits_b);
    if (!str_eq(buf_str(&digits_a), buf_str(&digits_b))) return false;
    return slips(x, y) <= (x.len >= LONG && y.len >= LONG ? 2 : 1);
}
