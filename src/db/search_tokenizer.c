/* search_tokenizer.c - unicode61 with the tenant before every word (search_tokenizer.h). */
#include "db/search_tokenizer.h"

#include <limits.h>
#include <sqlite3.h>

void search_tenant(char *out, int64_t tenant) {
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";
    uint64_t rest = (uint64_t)tenant;
    for (int i = SEARCH_TENANT - 1; i >= 0; i--) {
        out[i] = digits[rest & 63];
        rest >>= 6;
    }
}

struct tokenizer {
    fts5_tokenizer methods;
    Fts5Tokenizer *inner;
    bool parts; /* of each word as well */
};

static void tokenizer_delete(Fts5Tokenizer *arg) {
    struct tokenizer *t = (struct tokenizer *)arg;
    if (t->inner) t->methods.xDelete(t->inner);
    free(t);
}

static int tokenizer_create(void *arg, const char **args, int count, Fts5Tokenizer **out) {
    fts5_api *api = arg;
    struct tokenizer *t = calloc(1, sizeof *t);
    if (!t) return SQLITE_NOMEM;
    void *context = NULL;
    int code = api->xFindTokenizer(api, "unicode61", &context, &t->methods);
    const char *options[] = {"remove_diacritics", "2"};
    if (code == SQLITE_OK) code = t->methods.xCreate(context, options, 2, &t->inner);
    if (code != SQLITE_OK) {
        tokenizer_delete((Fts5Tokenizer *)t);
        return code;
    }
    t->parts = count > 0 && strcmp(args[0], "parts") == 0;
    *out = (Fts5Tokenizer *)t;
    return SQLITE_OK;
}

/* A term is the tenant, '|' or '=', and a word or an entity's name. */
#define TAG (SEARCH_TENANT + 1)

struct tagging {
    void *context;
    int (*token)(void *, int, const char *, int, int, int);
    char term[TAG + SEARCH_WORD_MAX];
    int words_at;
    bool parts;
};

static bool inside_letter(char byte) { return ((unsigned char)byte & 0xc0) == 0x80; }

/* Cuts between characters: a half one would not be taken for the same word again. */
static int cut(const char *word, int length) {
    if (length <= SEARCH_WORD_MAX) return length;
    int end = SEARCH_WORD_MAX;
    while (end > 0 && inside_letter(word[end])) end--;
    return end;
}

struct search_part search_part_first(struct str word) {
    struct search_part part = {.rest = word};
    for (size_t i = 0; i < word.len; i++) part.letters += !inside_letter(word.ptr[i]);
    return part;
}

bool search_part_next(struct search_part *part) {
    if (++part->number >= SEARCH_PARTS || --part->letters < SEARCH_PART_MIN) return false;
    size_t at = 1;
    while (at < part->rest.len && inside_letter(part->rest.ptr[at])) at++;
    part->rest = str_slice(part->rest, at, part->rest.len);
    return true;
}

static int tagged_token(void *arg, int flags, const char *word, int length, int start, int end) {
    struct tagging *tagging = arg;
    struct search_part part = search_part_first((struct str){word, (size_t)cut(word, length)});
    do {
        memcpy(tagging->term + TAG, part.rest.ptr, part.rest.len);
        int code = tagging->token(tagging->context, flags, tagging->term, TAG + (int)part.rest.len, start + tagging->words_at,
                                  end + tagging->words_at);
        if (code != SQLITE_OK) return code;
    } while (tagging->parts && search_part_next(&part));
    return SQLITE_OK;
}

static int tokenizer_run(Fts5Tokenizer *arg, void *context, int flags, const char *text, int length,
                         int (*token)(void *, int, const char *, int, int, int)) {
    struct tokenizer *t = (struct tokenizer *)arg;
    const char *bar = length > SEARCH_TENANT ? memchr(text + SEARCH_TENANT, '|', (size_t)(length - SEARCH_TENANT)) : NULL;
    if (!bar) return SQLITE_OK;
    int entity = (int)(bar - text) - SEARCH_TENANT;
    if (entity > SEARCH_WORD_MAX) return SQLITE_OK;
    struct tagging tagging = {.context = context,
                              .token = token,
                              .words_at = SEARCH_TENANT + entity + 1,
                              .parts = t->parts && !(flags & FTS5_TOKENIZE_QUERY)};
    memcpy(tagging.term, text, SEARCH_TENANT);
    tagging.term[SEARCH_TENANT] = '=';
    memcpy(tagging.term + TAG, text + SEARCH_TENANT, (size_t)entity);
    int code = entity ? token(context, 0, tagging.term, TAG + entity, 0, tagging.words_at) : SQLITE_OK;
    tagging.term[SEARCH_TENANT] = '|';
    if (code != SQLITE_OK) return code;
    return t->methods.xTokenize(t->inner, &tagging, flags, bar + 1, length - tagging.words_at, tagged_token);
}

/* The same tokenizer without tenants, for the words of a question. */
struct search_words {
    Fts5Tokenizer *tokenizer;
    sqlite3 *own; /* the connection that is there for these words only, or NULL */
};

struct search_words *search_words_new(sqlite3 *handle) {
    fts5_api *api = NULL;
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &stmt, NULL) != SQLITE_OK) return NULL;
    sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    fts5_tokenizer methods = {.xCreate = tokenizer_create, .xDelete = tokenizer_delete, .xTokenize = tokenizer_run};
    if (!api || api->xCreateTokenizer(api, "tenon", api, &methods, NULL) != SQLITE_OK) return NULL;
    struct search_words *words = calloc(1, sizeof *words);
    if (words && tokenizer_create(api, NULL, 0, &words->tokenizer) == SQLITE_OK) return words;
    free(words);
    return NULL;
}

struct search_words *search_words_alone(void) {
    sqlite3 *own = NULL;
    int code = sqlite3_open_v2(":memory:", &own, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    struct search_words *words = code == SQLITE_OK ? search_words_new(own) : NULL;
    if (words)
        words->own = own;
    else
        sqlite3_close(own);
    return words;
}

void search_words_free(struct search_words *words) {
    if (!words) return;
    tokenizer_delete(words->tokenizer);
    sqlite3_close(words->own);
    free(words);
}

struct each {
    bool (*word)(void *, struct str);
    void *arg;
};

static int each_token(void *arg, int flags, const char *word, int length, int start, int end) {
    (void)flags;
    (void)start;
    (void)end;
    struct each *each = arg;
    return each->word(each->arg, (struct str){word, (size_t)cut(word, length)}) ? SQLITE_OK : SQLITE_DONE;
}

void search_words_each(struct search_words *words, struct str text, bool (*word)(void *arg, struct str word), void *arg) {
    struct tokenizer *t = (struct tokenizer *)words->tokenizer;
    struct each each = {word, arg};
    int length = text.len < INT_MAX ? (int)text.len : INT_MAX;
    if (length) t->methods.xTokenize(t->inner, &each, FTS5_TOKENIZE_QUERY, text.ptr, length, each_token);
}
