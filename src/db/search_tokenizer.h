/* search_tokenizer.h - the words of the full-text index: FTS5's unicode61 without accents, each word carrying its tenant.
 *
 * A text is "TENANT ENTITY | words" without the spaces; TENANT is always 9 bytes (search_tenant). From "000000007clients|Cold
 * Chain" the index gets "000000007=clients", "000000007|cold" and "000000007|chain": words of different tenants are never the
 * same, so a search in one never walks the entries of another. ENTITY may be empty, for a question; a text that is not of this
 * form has no words.
 *
 * `tenon parts` also gives of each word what remains of it from its second letter on, from its third, and so on
 * ("000000007|old"), as long as three letters are left: the beginnings of these are all fragments of the word.
 */
#ifndef DB_SEARCH_TOKENIZER_H
#define DB_SEARCH_TOKENIZER_H

#include "base/str.h"

struct sqlite3; /* a handle of SQLite */

#define SEARCH_TENANT 9 /* bytes */
#define SEARCH_WORD_MAX 64
#define SEARCH_PART_MIN 3  /* letters of the shortest part */
#define SEARCH_PARTS 32    /* of a word, itself the first */

/* Writes SEARCH_TENANT bytes: the tenant's id in 64 digits. */
void search_tenant(char *out, int64_t tenant);

struct search_words;
/* Makes the tokenizer `tenon` known to a connection. Freed with search_words_free before the handle closes; NULL: no memory. */
struct search_words *search_words_new(struct sqlite3 *handle);
/* The same without a connection, for a database that is not SQLite. */
struct search_words *search_words_alone(void);
void search_words_free(struct search_words *words);
/* Calls `word` for each word of a text (without a tenant), cut and folded as the index has it, until it returns false. */
void search_words_each(struct search_words *words, struct str text, bool (*word)(void *arg, struct str word), void *arg);

/* A word, cut as the index has it, and then its parts: `rest` is the word itself first. */
struct search_part {
    struct str rest;
    int number, letters;
};
struct search_part search_part_first(struct str word);
/* To the next part; false where there is none. */
bool search_part_next(struct search_part *part);

#endif
