/* value.h - what a field of a record or a column of a row holds: nothing, an integer or a text. A text is borrowed from where it
 * came from.
 *
 *     struct value v = value_int(7);
 *     if (v.type == VALUE_INT) buf_int(b, v.integer);
 */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/str.h"

enum value_type { VALUE_NULL, VALUE_INT, VALUE_TEXT };

struct value {
    enum value_type type;
    int64_t integer;
    struct str text;
};
#define VALUE_NONE ((struct value){.type = VALUE_NULL})
static inline struct value value_int(int64_t i) { return (struct value){.type = VALUE_INT, .integer = i}; }
static inline struct value value_text(struct str s) { return (struct value){.type = VALUE_TEXT, .text = s}; }
static inline bool value_is_null(struct value v) { return v.type == VALUE_NULL; }

static inline bool value_eq(struct value a, struct value b) {
    if (a.type != b.type) return false;
    if (a.type == VALUE_INT) return a.integer == b.integer;
    return a.type == VALUE_NULL || str_eq(a.text, b.text);
}

#endif
