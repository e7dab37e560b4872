/* text_alike.h - names that may be the same: "Müller Solar Pty Ltd" and "Muller Solar", "Jon Smith" and "Smith, John".
 *
 * To find them among many without comparing each with each, every name has a key; only names with the same key are compared:
 *
 *     if (str_eq(text_alike_key(a, x), text_alike_key(a, y)) && text_alike(a, x, y)) ...
 *
 * The key holds what slips rarely touch: the consonants of each word, numbers as they are, the words in alphabetical order; what
 * only says that it is a company (Ltd, GmbH, Inc) is left out.
 */
#ifndef BASE_TEXT_ALIKE_H
#define BASE_TEXT_ALIKE_H

#include "base/arena.h"
#include "base/str.h"

/* Empty where there is too little to tell names by: less than three letters or digits. */
struct str text_alike_key(struct arena *arena, struct str name);
/* One slip in a short name, two from nine letters on; numbers are the same or the names are not. */
bool text_alike(struct arena *arena, struct str a, struct str b);

#endif
