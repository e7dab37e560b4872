/* search_tokenizer.c - unicode61 with the tenant before every word (search_tokenizer.h). */
#include "db/search_tokenizer.h"

struct tokenizer {
    fts5_tokenizer words;
    Fts5Tokenizer *inner;
};

static void tokenizer_delete(Fts5Tokenizer *arg) {
    struct tokenizer *t = (struct tokenizer *)arg;
    if (t->inner) t->words.xDelete(t->inner);
    free(t);
}

static int tokenizer_create(void *arg, const char **args, int count, Fts5Tokenizer **out) {
    (void)args;
    (void)count;
    fts5_api *api = arg;
    struct tokenizer *t = calloc(1, sizeof *t);
    if (!t) return SQLITE_NOMEM;
    void *context = NULL;
    int code = api->xFindTokenizer(api, "unicode61", &context, &t->words);
    const char *options[] = {"remove_diacritics", "2"};
    if (code == SQLITE_OK) code = t->words.xCreate(context, options, 2, &t->inner);
    if (code != SQLITE_OK) {
        tokenizer_delete((Fts5Tokenizer *)t);
        return code;
    }
    *out = (Fts5Tokenizer *)t;
    return SQLITE_OK;
}

struct tagging {
    void *context;
    int (*token)(void *, int, const char *, int, int, int);
    int tag; /* bytes, the '|' included */
    char term[SEARCH_TAG_MAX + SEARCH_WORD_MAX];
};

static int tagged_token(void *arg, int flags, const char *word, int length, int start, int end) {
    struct tagging *tagging = arg;
    int kept = length < SEARCH_WORD_MAX ? length : SEARCH_WORD_MAX;
    memcpy(tagging->term + tagging->tag, word, (size_t)kept);
    return tagging->token(tagging->context, flags, tagging->term, tagging->tag + kept, start + tagging->tag, end + tagging->tag);
}

static int tokenizer_run(Fts5Tokenizer *arg, void *context, int flags, const char *text, int length,
                         int (*token)(void *, int, const char *, int, int, int)) {
    struct tokenizer *t = (struct tokenizer *)arg;
    const char *bar = length > 0 ? memchr(text, '|', (size_t)length) : NULL;
    if (!bar || bar - text >= SEARCH_TAG_MAX) return SQLITE_OK;
    struct tagging tagging = {.context = context, .token = token, .tag = (int)(bar - text) + 1};
    memcpy(tagging.term, text, (size_t)tagging.tag);
    return t->words.xTokenize(t->inner, &tagging, flags, bar + 1, length - tagging.tag, tagged_token);
}

bool search_tokenizer_register(sqlite3 *handle) {
    fts5_api *api = NULL;
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &stmt, NULL) != SQLITE_OK) return false;
    sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    fts5_tokenizer tokenizer = {.xCreate = tokenizer_create, .xDelete = tokenizer_delete, .xTokenize = tokenizer_run};
    return api && api->xCreateTokenizer(api, "tenon", api, &tokenizer, NULL) == SQLITE_OK;
}
