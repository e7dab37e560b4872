/* lang.c - texts in the language of whoever reads them (lang.h). */
#include "base/lang.h"

/* Where the program's own memory begins, and where what may change begins in it. */
extern const char __executable_start[], __data_start[];

extern const struct lang lang_table[];

const struct lang *lang_known(int i) { return lang_table[i].tag ? &lang_table[i] : NULL; }

const struct lang *lang_find(struct str tag) {
    size_t len = 0;
    while (len < tag.len && tag.ptr[len] != '-' && tag.ptr[len] != '_') len++;
    for (const struct lang *lang = lang_table; lang->tag; lang++)
        if (str_ieq(str_slice(tag, 0, len), str_of(lang->tag))) return lang;
    return NULL;
}

/* "q=0.8" in thousandths; 1000 where nothing is said. */
static int lang_weight(struct str params) {
    struct str part;
    while (str_split(&params, ';', &part)) {
        part = str_trim(part);
        if (!str_starts(part, STR("q="))) continue;
        int weight = 0, unit = 1000;
        for (size_t i = 2; i < part.len && unit; i++) {
            if (part.ptr[i] == '.') continue;
            if (part.ptr[i] < '0' || part.ptr[i] > '9') return 0;
            weight += (part.ptr[i] - '0') * unit;
            unit /= 10;
        }
        return weight;
    }
    return 1000;
}

const struct lang *lang_accepted(struct str header) {
    const struct lang *best = NULL;
    int most = 0;
    struct str part;
    while (str_split(&header, ',', &part)) {
        struct str tag;
        if (!str_split(&part, ';', &tag)) continue;
        tag = str_trim(tag);
        const struct lang *lang = lang_find(tag);
        bool english = str_ieq(str_slice(tag, 0, 2), STR("en")) && (tag.len == 2 || tag.ptr[2] == '-');
        int weight = lang || english ? lang_weight(part) : 0;
        if (weight > most) {
            most = weight;
            best = lang;
        }
    }
    return best;
}

/* ---- looking up ------------------------------------------------------------------------------------------------------------ */

/* FNV-1a, as in tools/lang.mjs. */
static uint64_t lang_hash(uint64_t hash, struct str text) {
    for (size_t i = 0; i < text.len; i++) hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(1099511628211);
    return hash;
}
#define LANG_SEED UINT64_C(14695981039346656037)

const char *lang_message(const struct lang *lang, uint64_t key) {
    size_t bucket = key >> (64 - LANG_BITS);
    for (size_t i = lang->first[bucket], end = lang->first[bucket + 1]; i < end; i++)
        if (lang->keys[i] == key) return lang->texts + lang->at[i];
    return NULL;
}

bool lang_is_ours(const char *text) {
    return text >= __executable_start && text < __data_start;
}

/* A translation is not translated, though it may read like another English word. */
static bool lang_is_english(const struct lang *lang, const char *text) {
    if (text >= lang->texts && text < lang->texts + lang->texts_size) return false;
    return lang_is_ours(text);
}

struct str lang_str(const struct arena *arena, struct str text) {
    const struct lang *lang = arena_lang(arena);
    if (!lang || !text.len || !lang_is_english(lang, text.ptr)) return text;
    const char *said = lang_message(lang, lang_hash(LANG_SEED, text));
    return said ? str_of(said) : text;
}

const char *lang_cstr(const struct arena *arena, const char *text) {
    const struct lang *lang = arena_lang(arena);
    if (!lang || !text || !lang_is_english(lang, text)) return text;
    const char *said = lang_message(lang, lang_hash(LANG_SEED, str_of(text)));
    return said ? said : text;
}

struct str lang_word(const struct arena *arena, const char *context, struct str text) {
    const struct lang *lang = arena_lang(arena);
    if (!lang) return text;
    uint64_t hash = lang_hash(lang_hash(LANG_SEED, str_of(context)), STR("\004"));
    const char *said = lang_message(lang, lang_hash(hash, text));
    return said ? str_of(said) : text;
}

static bool capitals_only(struct str word) {
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z') return false;
    return true;
}

/* "AI message" is one inside a sentence too, and several are "SLAs". */
static struct str lower_words(struct arena *arena, struct str label) {
    struct str lower = str_lower(arena, label);
    size_t to;
    for (size_t from = 0; from < label.len; from = to + 1) {
        for (to = from; to < label.len && label.ptr[to] != ' ';) to++;
        bool capitals = capitals_only(str_slice(label, from, to));
        if (to - from > 2 && label.ptr[to - 1] == 's') capitals = capitals_only(str_slice(label, from, to - 1));
        if (capitals && to - from > 1) memcpy((char *)lower.ptr + from, label.ptr + from, to - from);
    }
    return lower;
}

struct str lang_inside(struct arena *arena, struct str label) {
    if (!arena_lang(arena)) return lower_words(arena, label);
    struct str said = lang_str(arena, label);
    return said.ptr == label.ptr ? str_dup(arena, label) : said;
}

const char *lang_plural(const struct arena *arena, int64_t n, const char *one, const char *many) {
    const struct lang *lang = arena_lang(arena);
    const char *said = lang ? lang_message(lang, lang_hash(LANG_SEED, str_of(one))) : NULL;
    if (!said) return n == 1 ? one : many;
    for (unsigned form = lang->plural(n < 0 ? 0 : (unsigned long)n); form > 0; form--) said += strlen(said) + 1;
    return said;
}

/* ---- sentences ------------------------------------------------------------------------------------------------------------- */

/* Writes one conversion; where it ends in the format. Only what sentences need, so that each text can be looked at. */
static const char *lang_conversion(struct buf *b, const char *at, va_list *args) {
    if (*at == '%') {
        buf_char(b, '%');
    } else if (*at == 's') {
        buf_cstr(b, lang_cstr(b->arena, va_arg(*args, const char *)));
    } else if (strncmp(at, ".*s", 3) == 0) {
        int len = va_arg(*args, int);
        const char *text = va_arg(*args, const char *);
        buf_add(b, lang_str(b->arena, (struct str){text, len > 0 ? (size_t)len : 0}));
        at += 2;
    } else if (*at == 'd') {
        buf_int(b, va_arg(*args, int));
    } else if (*at == 'c') {
        buf_char(b, (char)va_arg(*args, int));
    } else if (strncmp(at, "lld", 3) == 0) {
        buf_int(b, va_arg(*args, long long));
        at += 2;
    } else {
        buf_int(b, (int64_t)va_arg(*args, size_t)); // %zu
        at += 1;
    }
    return at + 1;
}

/* What is no sentence for people - a position, a code in hex - may take other conversions, and is written in English. */
static bool lang_can_say(const char *format) {
    static const char *const known[] = {"%", "s", ".*s", "d", "c", "lld", "zu"};
    for (const char *at = format; (at = strchr(at, '%')) != NULL;) {
        at++;
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strncmp(at, known[i], strlen(known[i])) != 0) i++;
        if (i == sizeof known / sizeof *known) return false;
        at += strlen(known[i]);
    }
    return true;
}

static void lang_vput(struct buf *b, const char *format, va_list *args) {
    for (const char *at = lang_cstr(b->arena, format); *at;) {
        const char *next = strchrnul(at, '%');
        buf_add(b, (struct str){at, (size_t)(next - at)});
        at = *next ? lang_conversion(b, next + 1, args) : next;
    }
}

struct str lang_vprintf(struct arena *arena, const char *format, va_list args) {
    if (!arena_lang(arena) || !lang_can_say(format)) return str_vprintf(arena, format, args);
    struct buf b = buf_new(arena, 128);
    va_list mine;
    va_copy(mine, args);
    lang_vput(&b, format, &mine);
    va_end(mine);
    buf_char(&b, '\0');
    return (struct str){b.ptr, b.len - 1};
}

struct str lang_printf(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct str text = lang_vprintf(arena, format, args);
    va_end(args);
    return text;
}

void lang_put(struct buf *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    buf_add(b, lang_vprintf(b->arena, format, args));
    va_end(args);
}

int lang_piece(struct buf *b, const char **message) {
    size_t len = 0;
    while ((unsigned char)(*message)[len] >= 32) len++;
    buf_html(b, (struct str){*message, len});
    int place = (*message)[len];
    *message += place ? len + 1 : len;
    return place;
}
