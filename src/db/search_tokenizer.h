/* search_tokenizer.h - the words of the full-text index: FTS5's unicode61 without accents, each word carrying its tenant.
 *
 * A text is "TAG|words of a record". The tag is put before every word that is found behind the '|', so that the index
 * holds "17|meridian" and "18|meridian" as different words: a search in one tenant never walks the entries of another.
 * A text without a tag has no words. Words are cut at 64 bytes.
 */
#ifndef DB_SEARCH_TOKENIZER_H
#define DB_SEARCH_TOKENIZER_H

#include <stdbool.h>
#include <sqlite3.h>

#define SEARCH_WORD_MAX 64
#define SEARCH_TAG_MAX 32

/* Makes the tokenizer `tenon` known to a connection. */
bool search_tokenizer_register(sqlite3 *handle);

#endif
