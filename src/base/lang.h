/* lang.h - the words of the person who reads: English stands in the sources, its translations in po/, and English is the key.
 *
 * Whoever makes a text for a person has an arena at hand, since that is where texts live; so the arena carries the language of
 * the one whom it serves, and there is no state beside it. NULL is English, which is written as it stands in the source at no
 * cost; any other language is a table in the program, made from po/NAME.po by tools/lang.mjs and found in by a hash.
 *
 * What is translated is told by where a text stands, not by a mark at each use. A text of the program lies in the program's
 * own read-only memory; what people wrote never does. So whatever writes texts for people - templates, errors_add, lang_printf -
 * translates the labels and words that are given to it and leaves names, notes and custom labels alone, even where they read the
 * same as a word of ours. It is enough to say the sentence:
 *
 *     errors_add(errors, 422, "required", name, "%s is missing.", field->decl->label);       "Telefon fehlt."
 *     lang_printf(arena, "All %s", entity->decl->many);                                      "Alle Leads"
 *     lang_count(arena, n, "%lld lead", "%lld leads");                                       both forms are keys
 *
 * tools/strings.mjs finds the sentences: the literals given to these functions, N_("..."), STR("Capital letter ..."), all
 * text of the templates and say("...") in web/js. What is none of these cannot be translated; docs/translating.md tells more.
 */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include "base/buf.h"

struct lang {
    const char *tag, *name; /* "de", "Deutsch": what it calls itself */
    const char *script;     /* the asset with the words that scripts say */
    const uint64_t *keys;   /* hashes of context and English, rising */
    const uint32_t *at;     /* where each one's text begins */
    const uint16_t *first;  /* by the upper LANG_BITS of a hash: the first key that may be it; one more at the end */
    const char *texts;      /* each ended by a NUL, plural forms one behind another */
    size_t texts_size;
    unsigned (*plural)(unsigned long n); /* which form */
};
#define LANG_BITS 10

/* All but English, one after another; NULL behind the last. */
const struct lang *lang_known(int i);
/* By "de", "de-AT", "de_DE"; NULL for English and what nobody has translated. */
const struct lang *lang_find(struct str tag);
/* By an Accept-Language header (RFC 9110, 12.5.4): the one that is wanted most; NULL is English. */
const struct lang *lang_accepted(struct str header);
static inline const char *lang_tag(const struct lang *lang) { return lang ? lang->tag : "en"; }

/* A text of ours in the arena's language; any other text as it is. */
struct str lang_str(const struct arena *arena, struct str text);
const char *lang_cstr(const struct arena *arena, const char *text);
/* The same where one English word stands for several of another language: "choice" for the words of a choice. */
struct str lang_word(const struct arena *arena, const char *context, struct str text);
/* True of a text of the program itself; what people wrote - also as words of a choice of their own - is none. */
bool lang_is_ours(const char *text);
/* A label inside a sentence: English writes its nouns small there, others as they are. NUL-terminated. */
struct str lang_inside(struct arena *arena, struct str label);
/* printf whose format is translated, and texts of ours among its arguments too. Takes %s %.*s %d %lld %zu %c %%. */
struct str lang_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str lang_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
/* The same at the end of a buf. */
void lang_put(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The form that goes with n, as a format for the two above. */
const char *lang_plural(const struct arena *arena, int64_t n, const char *one, const char *many)
    __attribute__((format_arg(3), format_arg(4)));
/* The same with n put in; the formats take it as %lld. */
#define lang_count(arena, n, one, many) lang_printf((arena), lang_plural((arena), (n), one, many), (long long)(n))

/* ---- for compiled templates ------------------------------------------------------------------------------------------------ */

/* The translation of a static text by its hash, NULL where there is none. */
const char *lang_message(const struct lang *lang, uint64_t key);
/* Writes the next piece of a message up to a place for a value; the number of that place, 0 at the end. */
int lang_piece(struct buf *b, const char **message);
/* Static text of a page: HTML as it stands, or its translation escaped. */
static inline void lang_html(struct buf *b, const struct lang *lang, uint64_t key, struct str html) {
    const char *said = lang ? lang_message(lang, key) : NULL;
    if (said)
        lang_piece(b, &said);
    else
        buf_add(b, html);
}

#endif
